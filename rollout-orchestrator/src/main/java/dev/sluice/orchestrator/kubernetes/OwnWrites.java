package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Objects as our own writes left them, until the watch has shown them too. Without it a pass would
 * look at the cluster before its own last write, and take the difference for somebody else's.
 *
 * @param <T> the kind
 */
final class OwnWrites<T extends HasMetadata> {

  // A watch that has not shown a write for so long was begun anew, and may never show it.
  private static final Duration KEPT = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Map<RolloutKey, Written<T>> written = new ConcurrentHashMap<>();

  private record Written<T>(T object, boolean deleted, Instant at) {}

  OwnWrites(InstantSource clock) {
    this.clock = clock;
  }

  /** The server answered a write of ours with this object. */
  void wrote(T object) {
    written.put(RolloutKey.of(object), new Written<>(object, false, clock.instant()));
  }

  /** We deleted this object. */
  void deleted(T object) {
    written.put(RolloutKey.of(object), new Written<>(object, true, clock.instant()));
  }

  /**
   * The watch has shown this: an older write of ours need not be remembered any more.
   *
   * @return whether this is what our last write left, which is no news to whoever wrote it
   */
  boolean shown(T object) {
    RolloutKey key = RolloutKey.of(object);
    Written<T> own = written.get(key);
    if (own == null || own.deleted() || isNewer(own.object(), object)) {
      return false;
    }
    return written.remove(key, own) && !isNewer(object, own.object());
  }

  /** The watch has shown that the object is gone. */
  void gone(T object) {
    written.computeIfPresent(
        RolloutKey.of(object), (_, w) -> sameUid(w.object(), object) ? null : w);
  }

  /**
   * The newer of what the watch has shown and what we wrote.
   *
   * @param shown looks up what the watch shows, null where that is none; asked after our own was
   *     looked up, which is forgotten only once the watch has shown it
   */
  Optional<T> newest(RolloutKey key, Supplier<T> shown) {
    Written<T> own = written.get(key);
    return newest(key, own, shown.get());
  }

  private Optional<T> newest(RolloutKey key, Written<T> own, T cached) {
    if (own == null) {
      return Optional.ofNullable(cached);
    }
    boolean seen = cached != null && !own.deleted() && !isNewer(own.object(), cached);
    if (seen || own.at().plus(KEPT).isBefore(clock.instant())) {
      written.remove(key, own);
      return Optional.ofNullable(cached);
    }
    if (own.deleted()) {
      return cached == null || sameUid(own.object(), cached)
          ? Optional.empty()
          : Optional.of(cached);
    }
    return Optional.of(own.object());
  }

  /**
   * The same for all objects that match.
   *
   * @param shown looks up those that the watch shows
   */
  List<T> newest(Predicate<T> matches, Supplier<List<T>> shown) {
    Map<RolloutKey, Written<T>> own = new LinkedHashMap<>(written);
    Map<RolloutKey, T> found = new LinkedHashMap<>();
    shown.get().forEach(object -> found.put(RolloutKey.of(object), object));
    own.forEach((key, mine) -> {
      if (!mine.deleted() && matches.test(mine.object())) {
        found.putIfAbsent(key, null);
      }
    });
    List<T> newest = new ArrayList<>();
    found.forEach((key, object) -> newest(key, own.get(key), object).ifPresent(newest::add));
    return newest;
  }

  private static boolean sameUid(HasMetadata a, HasMetadata b) {
    return a.getMetadata().getUid().equals(b.getMetadata().getUid());
  }

  /** Versions of one object are numbers that grow; where they are not, our own is taken. */
  static boolean isNewer(HasMetadata a, HasMetadata b) {
    String left = a.getMetadata().getResourceVersion();
    String right = b.getMetadata().getResourceVersion();
    if (left.equals(right)) {
      return false;
    }
    try {
      return Long.parseUnsignedLong(left) > Long.parseUnsignedLong(right);
    } catch (NumberFormatException opaque) {
      return true;
    }
  }
}

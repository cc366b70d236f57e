package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

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
   * @param cached null where the watch shows none
   */
  Optional<T> newest(RolloutKey key, T cached) {
    Written<T> own = written.get(key);
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

  /** Objects that we wrote and the watch may not have shown yet. */
  List<T> matching(Predicate<T> predicate) {
    return written.values().stream()
        .filter(w -> !w.deleted())
        .map(Written::object)
        .filter(predicate)
        .toList();
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

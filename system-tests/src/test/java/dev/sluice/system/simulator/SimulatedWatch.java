package dev.sluice.system.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one process knows of the objects of one kind: each change in order, but late. A watch that
 * breaks comes back with what is true then.
 */
final class SimulatedWatch {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final Process process;
  private final String kind;
  private final Consumer<Stored> seen;
  private final Map<String, Stored> cache = new TreeMap<>();
  private final Deque<Stored> coming = new ArrayDeque<>();
  private final List<Stored> unseen = new ArrayList<>();
  private boolean moving;
  private boolean broken;

  SimulatedWatch(
      Ground ground,
      SimulatedCluster cluster,
      Process process,
      String kind,
      Consumer<Stored> seen) {
    this.ground = ground;
    this.cluster = cluster;
    this.process = process;
    this.kind = kind;
    this.seen = seen;
    cluster.watch(this::changed);
  }

  Optional<Stored> find(String name) {
    return Optional.ofNullable(cache.get(name));
  }

  Collection<Stored> all() {
    return cache.values();
  }

  /** The first look: perhaps at what was, then all that was since comes once more. */
  void start() {
    list();
    if (mayBeOld() && ground.chaos().strikes(Fault.OLD_CACHE)) {
      int changes = ground.chaos().between(1, ground.chaos().oneIn(2) ? 5 : 30);
      cache.clear();
      cluster.before(kind, changes).forEach(s -> cache.put(s.name(), s));
      coming.addAll(cluster.last(kind, changes));
      move();
    }
  }

  // Of what never was there is nothing old; so a run without experiments stays as it is.
  private boolean mayBeOld() {
    return !kind.equals(SimulatedCluster.EXPERIMENT) || cluster.wasThereAny(kind);
  }

  private void list() {
    cache.clear();
    coming.clear();
    unseen.clear();
    moving = false;
    broken = false;
    cluster.all(kind).forEach(s -> cache.put(s.name(), s));
  }

  /** The server has answered a write of this process so: nothing older is shown any more. */
  void wrote(Stored stored) {
    if (stored.kind().equals(kind) && !isOld(stored)) {
      cache.put(stored.name(), stored);
      seen.accept(stored);
    }
  }

  private boolean isOld(Stored stored) {
    Stored cached = cache.get(stored.name());
    return cached != null && cached.version() >= stored.version();
  }

  private void changed(Stored stored) {
    if (!stored.kind().equals(kind)) {
      return;
    }
    if (broken) {
      unseen.add(stored);
      return;
    }
    coming.add(stored);
    move();
  }

  private void move() {
    if (moving || coming.isEmpty()) {
      return;
    }
    moving = true;
    if (ground.chaos().strikes(Fault.BROKEN_WATCH)) {
      broken = true;
      unseen.addAll(coming);
      coming.clear();
      process.later(
          ground.trouble(Duration.ofMillis(ground.chaos().between(200, 3_000))), this::relist);
      return;
    }
    Duration delay =
        ground.chaos().strikes(Fault.STALE_CACHE)
            ? ground.trouble(ground.chaos().millis(200, 5_000))
            : ground.chaos().millis(1, 60);
    process.later(delay, this::arrive);
  }

  private void relist() {
    Map<String, Stored> before = new TreeMap<>(cache);
    noteUnseen();
    list();
    cache.values().stream().filter(s -> !s.equals(before.get(s.name()))).toList().forEach(seen);
    before.values().stream()
        .filter(s -> !cache.containsKey(s.name()))
        .forEach(s -> seen.accept(new Stored(s.name(), cluster.version(), null)));
  }

  // What was between two looks is never known here.
  private void noteUnseen() {
    Set<String> changed = new HashSet<>();
    Set<String> born = new HashSet<>();
    for (Stored stored : unseen) {
      if (!changed.add(stored.name())) {
        ground.chaos().led(Consequence.STATE_MISSED);
      }
      if (stored.object() != null && !cache.containsKey(stored.name())) {
        born.add(stored.name());
      } else if (stored.object() == null && born.remove(stored.name())) {
        ground.chaos().led(Consequence.OBJECT_NEVER_SEEN);
      }
    }
  }

  private void arrive() {
    moving = false;
    Stored stored = coming.poll();
    if (stored == null) {
      return;
    }
    if (isOld(stored)) {
      move();
      return;
    }
    if (stored.object() == null) {
      cache.remove(stored.name());
    } else {
      cache.put(stored.name(), stored);
    }
    seen.accept(stored);
    move();
  }
}

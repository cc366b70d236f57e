package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.Observation;
import dev.sluice.system.simulator.invariant.World;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Asks every invariant after everything that happens. */
final class Checks {

  /** What must never be has been. */
  static final class Violated extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    Violated(Invariant invariant, String what) {
      super(invariant.id() + ": " + what);
      this.invariant = invariant.id();
    }

    /** Its id. */
    String invariant() {
      return invariant;
    }
  }

  private final Supplier<List<Invariant>> making;
  private final Map<String, List<Invariant>> invariants = new TreeMap<>();
  private final Coverage coverage;
  private World world;
  private final Set<String> gone = new HashSet<>();
  private String current = "";
  private long asked;

  /**
   * Asks new invariants about each Rollout.
   *
   * @param making makes them
   */
  Checks(Supplier<List<Invariant>> making, Coverage coverage) {
    this.making = making;
    this.coverage = coverage;
  }

  void watch(World watched) {
    world = watched;
  }

  /** From now on the name is this Rollout's. */
  void turnTo(String uid) {
    if (!uid.equals(current)) {
      gone.add(current);
    }
    current = uid;
  }

  /** A value of a sealed type was met in one of the cores. */
  void visit(Object value) {
    coverage.visit(value);
  }

  /** A decision changed nothing, so that nothing was committed. */
  void ignored(Observation.Decided decided) {
    coverage.visit(decided);
  }

  /** About the Rollout that has the name now; what concerns all, also about those before it. */
  void observe(Observation seen) {
    if (seen instanceof Observation.CameToRest || seen instanceof Observation.PublisherStopped) {
      invariants.keySet().stream()
          .filter(uid -> !uid.equals(current))
          .forEach(uid -> observe(uid, seen));
    }
    observe(current, seen);
  }

  /** About this Rollout. Of one that is gone only that is asked which outlives it. */
  void observe(String uid, Observation seen) {
    if (seen instanceof Observation.Decided decided) {
      coverage.visit(decided);
    }
    // One that is not known yet can be written to already.
    boolean isThere = !gone.contains(uid);
    for (Invariant invariant : invariants.computeIfAbsent(uid, _ -> making.get())) {
      if (isThere || invariant.outlives()) {
        ask(invariant, seen);
      }
    }
  }

  private void ask(Invariant invariant, Observation seen) {
    asked++;
    invariant
        .violation(seen, world)
        .ifPresent(what -> {
          throw new Violated(invariant, what);
        });
  }

  /** How often an invariant was asked. */
  long asked() {
    return asked;
  }
}

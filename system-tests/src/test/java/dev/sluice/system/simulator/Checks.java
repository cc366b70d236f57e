package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.Observation;
import dev.sluice.system.simulator.invariant.World;
import java.util.List;

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

  private final List<Invariant> invariants;
  private final Coverage coverage;
  private World world;
  private long asked;

  Checks(List<Invariant> invariants, Coverage coverage) {
    this.invariants = List.copyOf(invariants);
    this.coverage = coverage;
  }

  void watch(World watched) {
    world = watched;
  }

  /** A value of a sealed type was met in one of the cores. */
  void visit(Object value) {
    coverage.visit(value);
  }

  /** A decision changed nothing, so that nothing was committed. */
  void ignored(Observation.Decided decided) {
    coverage.visit(decided);
  }

  void observe(Observation seen) {
    if (seen instanceof Observation.Decided decided) {
      coverage.visit(decided);
    }
    for (Invariant invariant : invariants) {
      asked++;
      invariant
          .violation(seen, world)
          .ifPresent(what -> {
            throw new Violated(invariant, what);
          });
    }
  }

  /** How often an invariant was asked. */
  long asked() {
    return asked;
  }
}

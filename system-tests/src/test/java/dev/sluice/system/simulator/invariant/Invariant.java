package dev.sluice.system.simulator.invariant;

import java.util.Optional;

/** Something that holds whatever happens. An instance watches one run from its beginning. */
public interface Invariant {

  /** As in the design, for instance {@code I1}. */
  String id();

  /** Whether it is asked about a Rollout that is gone and whose name another one has. */
  default boolean outlives() {
    return false;
  }

  /** What is wrong now that this has happened; empty if nothing is. */
  Optional<String> violation(Observation seen, World world);
}

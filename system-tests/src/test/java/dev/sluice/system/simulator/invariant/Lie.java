package dev.sluice.system.simulator.invariant;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Shows an invariant a wrong history: what truly happens in a run, but for one lie about it. An
 * invariant that does not notice tests nothing.
 *
 * @param told the invariant
 * @param seen what it is told of what happened
 * @param world what it is told of how things are
 */
record Lie(
    Invariant told, BiFunction<Observation, World, Observation> seen, UnaryOperator<World> world)
    implements Invariant {

  /** About what happened. */
  static Lie about(Invariant told, UnaryOperator<Observation> seen) {
    return new Lie(told, (observation, _) -> seen.apply(observation), UnaryOperator.identity());
  }

  /** About how things are. */
  static Lie about(UnaryOperator<World> world, Invariant told) {
    return new Lie(told, (observation, _) -> observation, world);
  }

  @Override
  public String id() {
    return told.id();
  }

  @Override
  public boolean outlives() {
    return told.outlives();
  }

  @Override
  public Optional<String> violation(Observation observation, World truth) {
    return told.violation(seen.apply(observation, truth), world.apply(truth));
  }
}

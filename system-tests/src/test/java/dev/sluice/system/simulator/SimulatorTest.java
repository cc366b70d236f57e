package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.system.simulator.invariant.Invariant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many runs, each out of one seed: {@code -Dsluice.seeds=N} plays more or fewer, {@code
 * -Dsluice.seed=N} plays one, and prints all of it.
 */
class SimulatorTest {

  /** Seeds that are tried to show that a guard is needed. */
  private static final int PATIENCE = 10_000;

  @Test
  void noInvariantIsViolatedWithAllGuards() {
    assertThat(Campaign.played().decisions()).isPositive();
  }

  @Test
  void noPlaceGoesUnvisited() {
    assumeTrue(Campaign.isComplete());
    SortedSet<String> unvisited = Places.all();
    unvisited.removeAll(Unreachable.places().keySet());
    unvisited.removeAll(Unreachable.rare().keySet());
    unvisited.removeAll(Campaign.played().shown().visited().keySet());
    assertThat(unvisited).as("to be visited, or to be given a reason in Unreachable").isEmpty();
  }

  @Test
  void whatIsSaidToBeUnreachableIsNeverVisited() {
    SortedSet<String> visited = new TreeSet<>(Unreachable.places().keySet());
    visited.retainAll(Campaign.played().coverage().visited().keySet());
    assertThat(visited).as("visited all the same").isEmpty();
    assertThat(Places.all()).as("places that there are").containsAll(Unreachable.places().keySet());
  }

  @Test
  void everyFaultStrikesAndLeadsSomewhere() {
    assumeTrue(Campaign.isComplete());
    Set<String> struck = Campaign.played().struck().keySet();
    assertThat(struck)
        .containsAll(
            Arrays.stream(Fault.values()).flatMap(fault -> fault.counted().stream()).toList());
    assertThat(struck)
        .containsAll(Arrays.stream(Consequence.values()).map(Consequence::name).toList());
  }

  static Stream<Arguments> guards() {
    return Arrays.stream(Guard.values())
        .flatMap(
            guard -> guard.protects().stream().map(invariant -> Arguments.of(guard, invariant)));
  }

  @ParameterizedTest
  @MethodSource("guards")
  void withoutAGuardTheInvariantThatItProtectsIsViolated(
      Guard guard, Supplier<Invariant> invariant) {
    // Asked alone, so that no other one speaks first.
    Optional<Failure> failure =
        Seeds.lowest(
            1,
            PATIENCE,
            seed ->
                Failure.of(
                    Script.of(seed),
                    new Guards(guard),
                    () -> List.of(invariant.get()),
                    Trace.Lines.LAST));
    assertThat(failure)
        .as("what breaks without %s, of %d seeds", guard, PATIENCE)
        .hasValueSatisfying(
            broken -> assertThat(broken.invariant()).isEqualTo(invariant.get().id()));
    System.out.println(
        "simulator: without %s, seed %d: %s"
            .formatted(guard, failure.get().script().seed(), failure.get().message()));
  }
}

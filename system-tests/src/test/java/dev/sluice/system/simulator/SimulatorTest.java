package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.simulator.Checks.Violated;
import dev.sluice.system.simulator.invariant.Invariants;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many runs, each out of one seed: {@code -Dsluice.seeds=N} plays more or fewer, {@code
 * -Dsluice.seed=N} plays one, and prints all of it.
 */
class SimulatorTest {

  private static final int SEEDS = Integer.getInteger("sluice.seeds", 2_000);

  /** Seeds that are tried to show that a guard is needed. */
  private static final int PATIENCE = 2_000;

  @Test
  void noInvariantIsViolatedWithAllGuards() {
    Long single = Long.getLong("sluice.seed");
    Coverage coverage = new Coverage();
    long events = 0;
    long decisions = 0;
    long asked = 0;
    Instant begin = Instant.now();
    long first = single == null ? 1 : single;
    long last = single == null ? SEEDS : single;
    for (long seed = first; seed <= last; seed++) {
      Simulation simulation = new Simulation(seed, Guards.ALL, single != null);
      play(seed, simulation);
      coverage.add(simulation.coverage());
      events += simulation.events();
      decisions += simulation.decisions();
      asked += simulation.asked();
    }
    System.out.printf(
        "simulator: %d seeds, %d events, %d decisions, %d invariants asked %d times, %d s%n",
        last - first + 1,
        events,
        decisions,
        Invariants.all().size(),
        asked,
        Duration.between(begin, Instant.now()).toSeconds());
    System.out.println("simulator: facts " + coverage.facts());
    System.out.println("simulator: signals " + coverage.signals());
    assertThat(decisions).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAGuardSomeSeedViolatesAnInvariant(Guard guard) {
    for (long seed = 1; seed <= PATIENCE; seed++) {
      Optional<Violated> violated = violation(seed, guard);
      if (violated.isPresent()) {
        System.out.println(
            "simulator: without " + guard + ", seed " + seed + ": " + violated.get().getMessage());
        return;
      }
    }
    throw new AssertionError("nobody misses " + guard + " in " + PATIENCE + " seeds");
  }

  private static Optional<Violated> violation(long seed, Guard missing) {
    try {
      new Simulation(seed, new Guards(missing), false).run();
      return Optional.empty();
    } catch (Violated violated) {
      return Optional.of(violated);
    }
  }

  private static void play(long seed, Simulation simulation) {
    try {
      simulation.run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed "
              + seed
              + " (replay with -Dsluice.seed="
              + seed
              + "): "
              + e
              + "\n"
              + String.join("\n", simulation.trace().tail()),
          e);
    }
  }
}

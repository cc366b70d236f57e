package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariants;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many runs with all guards on, each out of one seed, played once for all tests that ask about
 * them.
 */
final class Campaign {

  /** How many are played; {@code -Dsluice.seeds=N} plays more or fewer. */
  static final int SEEDS = Integer.getInteger("sluice.seeds", 2_000);

  private static final int USUALLY = 2_000;
  private static Campaign played;

  private final Coverage coverage = new Coverage();
  private final SortedMap<String, Integer> struck = new TreeMap<>();
  private long events;
  private long decisions;
  private long asked;

  private Campaign() {}

  /** Whether so many seeds are played that each place must be visited. */
  static boolean isComplete() {
    return SEEDS >= USUALLY && Long.getLong("sluice.seed") == null;
  }

  /** Of all seeds; or of that of {@code -Dsluice.seed=N}, which prints all of it. */
  static synchronized Campaign played() {
    if (played == null) {
      Campaign campaign = new Campaign();
      Long single = Long.getLong("sluice.seed");
      campaign.play(single == null ? 1 : single, single == null ? SEEDS : single, single != null);
      played = campaign;
    }
    return played;
  }

  private void play(long first, long last, boolean loud) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    for (long seed = first; seed <= last; seed++) {
      Simulation simulation = new Simulation(seed, Guards.ALL, loud);
      play(seed, simulation);
      coverage.add(simulation.coverage());
      simulation.chaos().struck().forEach((what, times) -> struck.merge(what, times, Integer::sum));
      events += simulation.events();
      decisions += simulation.decisions();
      asked += simulation.asked();
    }
    System.out.printf(
        "simulator: %d seeds, %d events, %d decisions, %d invariants asked %d times, %d s of CPU%n",
        last - first + 1,
        events,
        decisions,
        Invariants.all().size(),
        asked,
        Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin).toSeconds());
    System.out.println("simulator: visited " + coverage.visited());
    System.out.println("simulator: went wrong " + struck);
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

  Coverage coverage() {
    return coverage;
  }

  /** What went wrong, and what that led to, with how often. */
  SortedMap<String, Integer> struck() {
    return struck;
  }

  long decisions() {
    return decisions;
  }
}

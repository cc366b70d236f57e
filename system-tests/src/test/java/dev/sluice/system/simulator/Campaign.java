package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariants;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many runs with all guards on, each out of one seed, played once for all tests that ask about
 * them.
 */
final class Campaign {

  /** In so many runs each place is visited; what they visit is what pages show. */
  static final int USUALLY = 10_000;

  /** How many are played; {@code -Dsluice.seeds=N} plays more or fewer. */
  static final int SEEDS = Integer.getInteger("sluice.seeds", USUALLY);

  private static Campaign played;

  private final Coverage coverage = new Coverage();
  private final Coverage shown = new Coverage();
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
      if (single == null) {
        campaign.play(1, SEEDS, Trace.Lines.LAST);
      } else {
        campaign.play(single, single, Trace.Lines.AT_ONCE);
      }
      played = campaign;
    }
    return played;
  }

  private void play(long first, long last, Trace.Lines lines) {
    long begin = cpu();
    Seeds.lowest(first, last, seed -> play(seed, lines)).ifPresent(Campaign::fail);
    System.out.printf(
        "simulator: %d seeds, %d events, %d decisions, %d invariants asked %d times, %d s of CPU%n",
        last - first + 1,
        events,
        decisions,
        Invariants.all().size(),
        asked,
        Duration.ofNanos(cpu() - begin).toSeconds());
    System.out.println("simulator: visited " + coverage.visited());
    System.out.println("simulator: went wrong " + struck);
  }

  // Of the whole process: seeds are played on all cores.
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private Optional<Failure> play(long seed, Trace.Lines lines) {
    Simulation simulation = new Simulation(Script.of(seed), Guards.ALL, lines, Invariants::all);
    Optional<Failure> failure = Failure.of(simulation, Mode.LIVENESS);
    add(seed, simulation);
    return failure;
  }

  private synchronized void add(long seed, Simulation simulation) {
    coverage.add(simulation.coverage());
    if (seed <= USUALLY) {
      shown.add(simulation.coverage());
    }
    simulation.chaos().struck().forEach((what, times) -> struck.merge(what, times, Integer::sum));
    events += simulation.events();
    decisions += simulation.decisions();
    asked += simulation.asked();
  }

  private static void fail(Failure failure) {
    throw new AssertionError(String.join("\n", failure.lines(Guards.ALL)), failure.cause());
  }

  /** Of all runs. */
  Coverage coverage() {
    return coverage;
  }

  /** Of the runs that are always played: the same, however many more there are. */
  Coverage shown() {
    return shown;
  }

  /** What went wrong, and what that led to, with how often. */
  SortedMap<String, Integer> struck() {
    return Collections.unmodifiableSortedMap(struck);
  }

  long decisions() {
    return decisions;
  }
}

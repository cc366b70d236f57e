package dev.sluice.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every moment at which something is due although nothing happens: a function of the state. So no
 * state that waits is without an end to its waiting.
 */
public final class Timers {

  static final String PAUSE = "pause";
  static final String PROGRESS = "progress";
  static final String CAPACITY = "capacity";
  static final String ROUTE = "route";
  static final String RUN = "run:";
  static final String PLUGIN = "plugin";
  static final String RESTART = "restart";
  static final String SCALE_DOWN = "scale-down:";

  /** After this long without an answer the router is asked again. */
  static final Duration ROUTE_PATIENCE = Duration.ofSeconds(30);

  /** This long after a run should have ended its worker is asked again. */
  static final Duration RUN_PATIENCE = Duration.ofSeconds(60);

  private Timers() {}

  /** What is due when. */
  public static Map<String, Instant> of(Rollout rollout) {
    Map<String, Instant> timers = new TreeMap<>();
    if (!rollout.isKnown() || rollout.progress() instanceof Progress.Gone) {
      return timers;
    }
    for (PauseCondition pause : rollout.pauses()) {
      if (pause.until() != null && !isHeld(rollout)) {
        timers.merge(PAUSE, pause.until(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    if (mustProgress(rollout) && !rollout.deadlineExceeded()) {
      timers.put(
          PROGRESS, rollout.lastProgressAt().plus(rollout.specification().progressDeadline()));
    }
    if (waitsForExperiment(rollout) && !rollout.deadlineExceeded()) {
      Experiments.deadline(rollout).ifPresent(due -> timers.put(PROGRESS, due));
    }
    if (waitsForCapacity(rollout)) {
      timers.put(
          CAPACITY, rollout.epochStartedAt().plus(rollout.specification().progressDeadline()));
    }
    if (!rollout.route().asked().isEmpty()) {
      timers.put(ROUTE, rollout.route().askedAt().plus(ROUTE_PATIENCE));
    }
    for (Run run : rollout.runs().values()) {
      if (isAnswerDue(run)) {
        timers.put(RUN + run.role(), latest(run));
      }
    }
    PluginCalls.due(rollout).ifPresent(due -> timers.put(PLUGIN, due));
    if (rollout.restart() instanceof Restart.Awaited(Instant at)) {
      timers.put(RESTART, at);
    }
    rollout
        .retirements()
        .forEach((hash, retirement) -> {
          if (retirement instanceof Retirement.Until(Instant deadline)) {
            timers.put(SCALE_DOWN + hash, deadline);
          }
        });
    return timers;
  }

  // Under a halt of another kind a pause does not end; its moment comes when the halt does.
  private static boolean isHeld(Rollout rollout) {
    return rollout.specification().paused()
        || rollout.pauses().stream().anyMatch(pause -> pause.until() == null)
        || !rollout.problem().isEmpty()
        || !rollout.quarantine().isEmpty();
  }

  private static boolean mustProgress(Rollout rollout) {
    if (rollout.isHalted()) {
      return false;
    }
    return switch (rollout.progress()) {
      case Progress.Installing _, Progress.Promoting _, Progress.Settling _ -> true;
      case Progress.Stepping(int step) ->
          switch (rollout.specification().steps().get(step).main()) {
            case Step.SetWeight _, Step.SetCanaryScale _, Step.SetRoute _ -> true;
            case Step.Scaled _,
                Step.Experiment _,
                Step.TimedPause _,
                Step.EndlessPause _,
                Step.Analysis _,
                Step.Plugin _ ->
                false;
          };
      // What was healthy and is not any more has as long to heal.
      case Progress.Settled _ ->
          rollout.cluster().carrying(rollout.stableHash()) < rollout.specification().replicas();
      case Progress.Aborted _, Progress.Gone _ -> false;
    };
  }

  private static boolean waitsForExperiment(Rollout rollout) {
    return !rollout.isHalted()
        && rollout.progress() instanceof Progress.Stepping(int step)
        && rollout.specification().steps().get(step) instanceof Step.Experiment;
  }

  private static boolean waitsForCapacity(Rollout rollout) {
    return rollout.specification().dynamicStableScale()
        && !rollout.capacityForced()
        && rollout.route().desiredWeight() > 0
        && Goal.of(rollout).map(g -> g.weight() < rollout.route().desiredWeight()).orElse(false);
  }

  // An endless run that a worker has taken over has no end of its own: no answer is overdue.
  private static boolean isAnswerDue(Run run) {
    boolean goesOn = run.isEndless() && run.phase() != null && !run.terminated();
    return !run.isCompleted() && !goesOn;
  }

  private static Instant latest(Run run) {
    if (run.terminated() || run.isEndless()) {
      return run.askedAt().plus(RUN_PATIENCE);
    }
    Duration longest = Duration.ZERO;
    for (var metric : run.plan().metrics()) {
      Duration interval = metric.interval() == null ? Duration.ZERO : metric.interval();
      longest = max(longest, metric.initialDelay().plus(interval.multipliedBy(metric.count() - 1)));
    }
    return max(run.startAt().plus(longest), run.askedAt()).plus(RUN_PATIENCE);
  }

  private static <T extends Comparable<T>> T max(T a, T b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

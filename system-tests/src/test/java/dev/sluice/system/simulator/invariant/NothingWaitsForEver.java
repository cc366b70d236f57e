package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * I22: every state that is neither terminal nor paused has an armed timer or an awaited input with
 * a deadline. Terminal in this sense is also an update whose progress deadline is over: it goes on
 * when something moves, and says so until then.
 *
 * <p>A verdict has a deadline of its own, also beside a pause; but a run without end is over when
 * its update is, and only until a worker has it is there anything to wait for. An experiment that
 * is run and has no end of its own is over when its controller says so.
 */
public final class NothingWaitsForEver implements Invariant {

  @Override
  public String id() {
    return "I22";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    Rollout rollout = decided.decision().next();
    Map<String, Instant> timers = decided.decision().timers();
    if (rollout.plugins().isCalling() && !rollout.isHalted() && !timers.containsKey("plugin")) {
      return Optional.of("nobody asks again for " + rollout.plugins().call());
    }
    if (!isAllowedToWait(rollout) && timers.isEmpty()) {
      return Optional.of("no timer in " + rollout.progress());
    }
    return rollout.runs().values().stream()
        .filter(run -> isAwaited(run) && !timers.containsKey("run:" + run.role()))
        .findFirst()
        .map(run -> "no timer for the verdict of " + run.id());
  }

  private static boolean isAwaited(Run run) {
    boolean endless = run.plan().metrics().stream().anyMatch(metric -> metric.count() == 0);
    return !run.isCompleted() && (!endless || run.phase() == null || run.terminated());
  }

  private static boolean isAllowedToWait(Rollout rollout) {
    if (!rollout.isKnown() || rollout.deadlineExceeded()) {
      return true;
    }
    return switch (rollout.progress()) {
      case Progress.Settled _, Progress.Gone _ -> true;
      case Progress.Aborted _ ->
          rollout.route().desiredWeight() == 0 && rollout.route().asked().isEmpty();
      case Progress.Installing _, Progress.Stepping _, Progress.Promoting _, Progress.Settling _ ->
          isHalted(rollout) || runsAnEndlessExperiment(rollout);
    };
  }

  private static boolean runsAnEndlessExperiment(Rollout rollout) {
    return rollout.experiment() != null
        && rollout.experiment().phase() == AnalysisPhase.RUNNING
        && !rollout.experiment().plan().hasEnd();
  }

  // A pause that has a time needs its timer, unless another halt holds it.
  private static boolean isHalted(Rollout rollout) {
    return rollout.specification().paused()
        || !rollout.problem().isEmpty()
        || !rollout.quarantine().isEmpty()
        || rollout.pauses().stream().map(PauseCondition::until).anyMatch(u -> u == null);
  }
}

package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Gone;
import dev.sluice.orchestrator.Progress.Installing;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Reason;
import dev.sluice.orchestrator.Progress.Settled;
import dev.sluice.orchestrator.Progress.Settling;
import dev.sluice.orchestrator.Progress.Stepping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How an update moves on: from step to step, to the promotion, and to rest. */
final class Steps {

  private Steps() {}

  /** The first thing that a new update does. */
  static Progress first(Turn turn) {
    return after(turn, -1);
  }

  private static Progress after(Turn turn, int step) {
    return step + 1 >= turn.specification.steps().size()
        ? new Promoting(Reason.ALL_STEPS)
        : new Stepping(step + 1);
  }

  /** Moves on if it may; says whether it did. */
  static boolean advance(Turn turn) {
    return switch (turn.progress) {
      case Installing _ -> install(turn);
      case Stepping(int step) -> !turn.state().isHalted() && step(turn, step);
      case Promoting(Reason reason) -> !turn.state().isHalted() && promote(turn, reason);
      case Settling _ -> settle(turn);
      case Settled _, Aborted _, Gone _ -> false;
    };
  }

  // Status shows index 0 before the last one: tools wait for that.
  private static boolean install(Turn turn) {
    boolean shown = turn.specification.steps().isEmpty() || turn.cluster.shown().step() == 0;
    if (!turn.problem.isEmpty() || !turn.cluster.has(turn.revision.podHash()) || !shown) {
      return false;
    }
    complete(turn, "Initial deploy", "Promoted");
    return true;
  }

  private static boolean step(Turn turn, int step) {
    return step(turn, step, turn.specification.steps().get(step));
  }

  private static boolean step(Turn turn, int step, Step what) {
    return switch (what) {
      case Step.SetWeight(int weight) -> isReached(turn, step, weight) && complete(turn, step);
      case Step.SetCanaryScale _ -> isScaled(turn, step) && complete(turn, step);
      case Step.Scaled(_, Step.SetWeight weight) ->
          isScaled(turn, step) && step(turn, step, weight);
      case Step.Scaled(_, Step other) -> step(turn, step, other);
      case Step.TimedPause(var duration, _) -> {
        pause(turn, PauseCondition.Reason.STEP, turn.now.plus(duration));
        yield true;
      }
      case Step.EndlessPause() -> {
        pause(turn, PauseCondition.Reason.STEP, null);
        yield true;
      }
      case Step.Analysis(RunPlan plan) -> {
        Run run = turn.runs.get(AnalysisRole.STEP);
        if (run == null) {
          Runs.start(turn, AnalysisRole.STEP, step, plan);
          yield true;
        }
        yield run.hasPassed() && complete(turn, step);
      }
      case Step.Plugin plugin -> PluginCalls.run(turn, step, plugin);
      case Step.SetRoute _ -> areRoutesSet(turn, step) && complete(turn, step);
      case Step.Experiment(ExperimentPlan plan) -> Experiments.run(turn, step, plan);
    };
  }

  private static boolean isReached(Turn turn, int step, int weight) {
    Rollout rollout = turn.state();
    if (!turn.specification.isRouted()) {
      return PodSizes.areReached(rollout);
    }
    boolean carried = rollout.isAvailableEnough(turn.specification.canaryPodsAt(step));
    boolean selected = weight == 0 || rollout.isCanarySelected(turn.revision.podHash());
    return carried && selected && turn.route.isVerifiedAt(weight);
  }

  // Without a router a canary is never scaled apart from its weight. One pod may stay for the
  // Service that selects it.
  private static boolean isScaled(Turn turn, int step) {
    if (!turn.specification.isRouted()) {
      return true;
    }
    String podHash = turn.revision.podHash();
    int pods = turn.specification.canaryPodsAt(step);
    int most = Math.max(1, pods);
    return turn.cluster.wanted(podHash) <= most
        && turn.cluster.actual(podHash) <= most
        && turn.state().isAvailableEnough(pods);
  }

  // Where the step has no canary pods there is nobody to send requests to.
  private static boolean areRoutesSet(Turn turn, int step) {
    Specification specification = turn.specification;
    boolean set =
        turn.route.isVerified()
            && turn.route.applied().routes().equals(specification.routesAt(step));
    return set || !specification.isRouted() || specification.canaryPodsAt(step) == 0;
  }

  /** Ends a step and goes to the next one. Always true. */
  static boolean complete(Turn turn, int step) {
    Runs.forget(turn, AnalysisRole.STEP);
    turn.experiment = null;
    turn.log(
        new RolloutFact.StepCompleted(
            step + 1,
            turn.specification.steps().size(),
            turn.specification.steps().get(step).description()));
    turn.progress = after(turn, step);
    turn.progressed();
    return true;
  }

  static void skipTo(Turn turn, int step) {
    turn.raiseEpoch();
    Runs.setAside(turn, AnalysisRole.STEP, "the step was skipped");
    Experiments.setAside(turn, "the step was skipped");
    Runs.forgetUnproven(turn);
    endPauses(turn, "the step was skipped");
    turn.log(new RolloutFact.StepsSkipped("on request, to step " + step));
    turn.progress = after(turn, step - 1);
    turn.progressed();
  }

  static void pause(Turn turn, PauseCondition.Reason reason, Instant until) {
    List<PauseCondition> pauses = new ArrayList<>(turn.pauses);
    pauses.add(new PauseCondition(reason, turn.now, until));
    turn.pauses = pauses;
    turn.everPaused = true;
    turn.shownPaused = true;
    if (until == null) {
      turn.timing = turn.timing.waitingForSomebody(turn.now);
    }
    turn.log(new RolloutFact.PauseStarted(reason.text(), until));
  }

  static void endPauses(Turn turn, String how) {
    for (PauseCondition pause : turn.pauses) {
      turn.log(new RolloutFact.PauseEnded(pause.reason().text(), how));
    }
    if (!turn.pauses.isEmpty()) {
      turn.pauses = List.of();
      turn.shownPaused = false;
      turn.timing = turn.timing.goingOn(turn.now);
      turn.progressed();
    }
  }

  /** The user has halted everything: an update that is under way waits for somebody. */
  static void halted(Turn turn) {
    if (turn.timing.isRunning()) {
      turn.timing = turn.timing.waitingForSomebody(turn.now);
    }
  }

  /** The halt is over, and with it a pause whose time has passed meanwhile. */
  static void resumed(Turn turn) {
    if (turn.pauses.stream().anyMatch(pause -> pause.until() == null)) {
      return;
    }
    turn.timing = turn.timing.goingOn(turn.now);
    if (turn.pauses.stream().noneMatch(pause -> turn.now.isBefore(pause.until()))) {
      endStepPause(turn, "its time is over");
    }
  }

  /** Ends the pause of the current step, if it is in one. */
  static void endStepPause(Turn turn, String how) {
    if (turn.progress instanceof Stepping(int step)
        && turn.isPausedFor(PauseCondition.Reason.STEP)) {
      endPauses(turn, how);
      complete(turn, step);
    }
  }

  private static boolean promote(Turn turn, Reason reason) {
    String podHash = turn.revision.podHash();
    boolean hasAllTraffic =
        !turn.specification.isRouted()
            || (turn.route.isVerifiedAt(turn.specification.maxWeight())
                && turn.state().isCanarySelected(podHash));
    boolean carries = turn.state().isAvailableEnough(turn.specification.replicas());
    if (!carries || !(hasAllTraffic || reason.isUnderTheWeight(turn.specification))) {
      return false;
    }
    switch (reason) {
      case ALL_STEPS ->
          complete(
              turn,
              "Completed all " + turn.specification.steps().size() + " canary steps",
              "Promoted");
      case FULL_PROMOTION -> complete(turn, "Full promotion requested", "FastPromoted");
      case WITHIN_WINDOW -> complete(turn, "Rollback within window", "Promoted");
    }
    return true;
  }

  private static void complete(Turn turn, String reason, String completion) {
    String before = turn.stableHash;
    turn.stableHash = turn.revision.podHash();
    turn.retirements.remove(turn.stableHash);
    if (!before.isEmpty() && !before.equals(turn.stableHash)) {
      Retirements.replaced(turn, before);
      if (turn.specification.isPingPong()) {
        Routes.swap(turn);
      }
    }
    turn.log(new RolloutFact.RolloutCompleted(turn.revision.number(), turn.stableHash, reason));
    Runs.setAside(turn, "the revision is promoted");
    turn.timing = turn.timing.finished(completion, turn.now);
    turn.progress = new Settling();
    turn.progressed();
  }

  private static boolean settle(Turn turn) {
    Rollout rollout = turn.state();
    boolean selected =
        rollout.isStableSelected(turn.stableHash) && rollout.isCanarySelected(turn.stableHash);
    boolean carried = turn.cluster.carrying(turn.stableHash) >= turn.specification.replicas();
    boolean alone =
        turn.specification.isRouted()
            ? turn.route.isVerifiedAt(0)
            : turn.cluster.isAlone(turn.stableHash);
    if (!selected || !carried || !alone || !turn.problem.isEmpty()) {
      return false;
    }
    turn.progress = new Settled();
    turn.everHealthy = true;
    turn.log(new RolloutFact.RouteSettled(turn.stableHash));
    turn.progressed();
    return true;
  }

  /**
   * Takes the update back.
   *
   * @param reason empty if somebody asked for it
   */
  static void abort(Turn turn, String reason) {
    boolean shownPaused = turn.shownPaused;
    turn.raiseEpoch();
    Runs.setAside(turn, "the update was aborted");
    endPauses(turn, "the update was aborted");
    // The condition Paused stays as it is until the next update: tools expect it so.
    turn.shownPaused = shownPaused;
    turn.progress = new Aborted(reason, turn.now);
    turn.log(new RolloutFact.RolloutAborted(turn.revision.number(), reason));
    turn.timing = turn.timing.finished("Aborted", turn.now);
    Retirements.aborted(turn);
  }
}

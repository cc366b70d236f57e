package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;

/**
 * The run beside the steps of an update: begun with its first step, also in a pause, and kept to
 * the promotion. It is begun again only where the one before proved nothing.
 */
final class BackgroundRuns {

  private BackgroundRuns() {}

  /** Begins or ends it as the specification says; whether it did. */
  static boolean keep(Turn turn) {
    Specification.Background wanted = turn.specification.background();
    Run run = turn.runs.get(AnalysisRole.BACKGROUND);
    if (wanted == null && run != null && !run.isCompleted()) {
      Runs.setAside(
          turn, AnalysisRole.BACKGROUND, "the Rollout asks for no background analysis any more");
      return true;
    }
    if (wanted != null && run == null && mayBegin(turn) && isReached(turn, wanted.startingStep())) {
      Runs.start(turn, AnalysisRole.BACKGROUND, -1, wanted.plan());
      return true;
    }
    return false;
  }

  // A pause step is no reason to wait: the run is to see the canary while it bakes.
  private static boolean mayBegin(Turn turn) {
    return turn.problem.isEmpty()
        && turn.quarantine.isEmpty()
        && !turn.specification.paused()
        && !turn.isPausedFor(PauseCondition.Reason.INCONCLUSIVE);
  }

  private static boolean isReached(Turn turn, int startingStep) {
    return switch (turn.progress) {
      case Progress.Stepping(int step) -> step >= startingStep;
      case Progress.Promoting(Progress.Reason reason) ->
          reason == Progress.Reason.ALL_STEPS && turn.specification.steps().size() >= startingStep;
      case Progress.Installing _,
          Progress.Settling _,
          Progress.Settled _,
          Progress.Aborted _,
          Progress.Gone _ ->
          false;
    };
  }
}

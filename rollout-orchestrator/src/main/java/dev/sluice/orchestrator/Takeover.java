package dev.sluice.orchestrator;

import dev.sluice.events.Fence;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Cluster.Inherited;
import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Settling;
import java.time.Instant;
import java.util.List;

/**
 * The store is new, the Rollout is not: another controller managed it, or the database was lost.
 * What its status says is believed as far as it raises no weight.
 */
final class Takeover {

  private Takeover() {}

  /** Takes over what is there; says whether the wanted revision is the one that status is about. */
  static boolean of(Turn turn) {
    Cluster.Shown shown = turn.cluster.shown();
    if (shown.stableHash().isEmpty()) {
      return false;
    }
    Inherited inherited = shown.inherited();
    turn.stableHash = shown.stableHash();
    turn.swapped = turn.specification.isPingPong() && turn.cluster.swapped();
    turn.cluster = turn.cluster.inParts(turn.swapped);
    turn.everHealthy = inherited.everHealthy();
    turn.everPaused = inherited.everPaused();
    if (turn.specification.isRouted()) {
      turn.route =
          new Route(
              List.of(),
              new Route.Wanted(
                  Fence.NONE,
                  shown.weight(),
                  turn.cluster.canarySelector(),
                  turn.cluster.stableSelector(),
                  List.of()),
              Instant.EPOCH,
              "");
      inherited
          .deadlines()
          .forEach((hash, at) -> turn.retirements.put(hash, new Retirement.Until(at)));
    }
    boolean same = inherited.podHash().equals(turn.specification.podHash());
    if (same && inherited.timing().startedAt() != null) {
      turn.timing = inherited.timing();
    }
    return same;
  }

  /** How the update goes on that the other controller began: nowhere, or from its first step. */
  static Progress begin(Turn turn) {
    Inherited inherited = turn.cluster.shown().inherited();
    skipTakenNames(turn, inherited);
    if (turn.revision.podHash().equals(turn.stableHash)) {
      turn.shownPaused = inherited.shownPaused();
      return new Settling();
    }
    if (inherited.abortedAt() != null && inherited.stepsHash().equals(turn.revision.stepsHash())) {
      turn.shownPaused = inherited.shownPaused();
      turn.log(new RolloutFact.RolloutAborted(turn.revision.number(), inherited.abortReason()));
      if (!turn.retirements.containsKey(turn.revision.podHash())) {
        Retirements.aborted(turn);
      }
      return new Aborted(inherited.abortReason(), inherited.abortedAt());
    }
    turn.timing =
        turn.timing.isRunning() ? turn.timing.goingOn(turn.now) : Timing.started(turn.now);
    return Steps.first(turn);
  }

  // Who measured before has left runs behind, and each is somebody's evidence.
  private static void skipTakenNames(Turn turn, Inherited inherited) {
    for (int step = -1; step < turn.specification.steps().size(); step++) {
      String first = Runs.name(turn, step);
      int attempt = 0;
      while (inherited.runs().contains(Runs.name(first, attempt))) {
        attempt++;
      }
      if (attempt > 0) {
        turn.attempts.put(first, attempt);
      }
      skipTakenExperiments(turn, first, inherited);
    }
  }

  private static void skipTakenExperiments(Turn turn, String first, Inherited inherited) {
    int attempt = 0;
    while (inherited.experiments().contains(Experiments.name(first, attempt))) {
      attempt++;
    }
    if (attempt > 0) {
      turn.attempts.put(Experiments.countedAs(first), attempt);
    }
  }
}

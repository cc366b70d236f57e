package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Signal.ClusterObserved;
import dev.sluice.orchestrator.Signal.CommandReceived;
import dev.sluice.orchestrator.Signal.DecisionFailed;
import dev.sluice.orchestrator.Signal.ImagePushReported;
import dev.sluice.orchestrator.Signal.PluginAnswered;
import dev.sluice.orchestrator.Signal.PodsReplaced;
import dev.sluice.orchestrator.Signal.ReplicaSetRefused;
import dev.sluice.orchestrator.Signal.RepublishRequested;
import dev.sluice.orchestrator.Signal.RolloutGone;
import dev.sluice.orchestrator.Signal.RouteReported;
import dev.sluice.orchestrator.Signal.RunReported;
import dev.sluice.orchestrator.Signal.SpecificationObserved;
import dev.sluice.orchestrator.Signal.SpecificationUnusable;
import dev.sluice.orchestrator.Signal.TimerFired;
import dev.sluice.orchestrator.Signal.VerdictReported;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides. The one pure function of the orchestrator: same state, signal and time, same decision,
 * to the byte.
 *
 * <p>A signal first changes the region that it concerns; then the rules, each small and named, are
 * applied until none has anything to do.
 */
public final class Decider {

  /** In this order; each says whether it changed anything. */
  private static final List<Predicate<Turn>> RULES =
      List.of(
          Retirements::advance,
          BackgroundRuns::keep,
          Steps::advance,
          PluginCalls::advance,
          Routes::steer);

  // Each round completes a step, starts one or moves the route once: far more rounds than any
  // Rollout has steps.
  private static final int MOST_ROUNDS = 1_000;

  private Decider() {}

  /**
   * What follows from a signal at this moment. Never throws on any state that it produced itself.
   */
  public static Decision on(Rollout before, Signal signal, Instant now) {
    Turn turn = new Turn(before, now);
    if (!(before.progress() instanceof Progress.Gone)) {
      take(turn, signal);
      if (turn.specification != null && !(turn.progress instanceof Progress.Gone)) {
        advance(turn);
        Levels.logChanges(before, turn);
      }
    }
    Snapshots.publish(turn);
    Rollout next = turn.state();
    return new Decision(next, turn.entries, turn.outgoing, Timers.of(next));
  }

  private static void take(Turn turn, Signal signal) {
    switch (signal) {
      case SpecificationObserved(Specification specification) ->
          Specifications.observed(turn, specification);
      case SpecificationUnusable(long generation, String message) ->
          Specifications.unusable(turn, generation, message);
      case ClusterObserved(Cluster cluster) -> observe(turn, cluster);
      case ReplicaSetRefused(String podHash, String message) ->
          Specifications.replicaSetRefused(turn, podHash, message);
      case CommandReceived(String id, Command command) -> Commands.received(turn, id, command);
      case RouteReported(var fence, var outcome) -> Routes.reported(turn, fence, outcome);
      case RunReported(String run, long epoch, var phase) -> Runs.reported(turn, run, epoch, phase);
      case VerdictReported(String run, long epoch, var phase, String message) ->
          Runs.concluded(turn, run, epoch, phase, message);
      case PluginAnswered(var answer) -> PluginCalls.answered(turn, answer);
      case TimerFired(String timer) -> Deadlines.fired(turn, timer);
      case ImagePushReported(var push) -> Pushes.reported(turn, push);
      case PodsReplaced(Instant restartAt) -> Restarts.done(turn, restartAt);
      case RepublishRequested() -> republish(turn);
      case DecisionFailed(String why) -> quarantine(turn, why);
      case RolloutGone() -> gone(turn);
    }
  }

  private static void advance(Turn turn) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      boolean changed = false;
      for (Predicate<Turn> rule : RULES) {
        changed |= rule.test(turn);
      }
      if (!changed) {
        return;
      }
    }
    throw new IllegalStateException("no rest after " + MOST_ROUNDS + " rounds: " + turn.state());
  }

  private static void observe(Turn turn, Cluster observed) {
    Cluster before = turn.cluster;
    // Somebody may have looked before the last promotion.
    Cluster seen = turn.revision == null ? observed : observed.inParts(turn.swapped);
    turn.cluster = seen;
    if (turn.revision != null && seen.has(turn.revision.podHash())) {
      turn.refusal = "";
    }
    Editing.observed(turn, seen);
    Experiments.observed(turn);
    boolean moved =
        seen.replicaSets().values().stream()
            .anyMatch(r ->
                r.available() > before.available(r.podHash())
                    || r.wanted() != before.wanted(r.podHash()));
    // Pods that are lost at rest: what the deadline measures begins now.
    boolean broken =
        turn.progress instanceof Progress.Settled
            && seen.available(turn.stableHash) < before.available(turn.stableHash)
            && !turn.deadlineExceeded;
    if (moved || broken) {
      turn.progressed();
    }
  }

  private static void republish(Turn turn) {
    turn.routeStale = true;
    Runs.publishAgain(turn);
    PluginCalls.publishAgain(turn);
  }

  private static void quarantine(Turn turn, String why) {
    if (turn.quarantine.isEmpty()) {
      turn.quarantine = why;
      turn.log(new RolloutFact.RolloutQuarantined(why));
    }
  }

  private static void gone(Turn turn) {
    Runs.setAside(turn, "the Rollout was deleted");
    turn.plugins = turn.plugins.withoutCall();
    turn.progress = new Progress.Gone();
    turn.log(new RolloutFact.RolloutDeleted());
    Snapshots.forget(turn);
  }
}

package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How gates are started, heard and set aside. A verdict counts once, and only for the run that is
 * waited for.
 */
final class Runs {

  private Runs() {}

  static void start(Turn turn, int step, List<MetricSpec> metrics) {
    int attempt = turn.attempts.merge(step, 1, Integer::sum) - 1;
    String base =
        turn.identity.name()
            + "-"
            + turn.revision.podHash()
            + "-"
            + turn.revision.number()
            + "-"
            + step;
    String name = attempt == 0 ? base : base + "." + attempt;
    String id = turn.identity.uid() + "/" + name;
    List<MetricSpec> filled =
        metrics.stream()
            .map(m -> Arguments.fill(m, turn.revision.podHash(), turn.stableHash))
            .toList();
    turn.log(
        new RolloutFact.AnalysisStarted(
            id, AnalysisRole.STEP, step, filled.stream().map(MetricSpec::name).toList()));
    turn.run =
        new Run(
            id,
            name,
            AnalysisRole.STEP,
            step,
            turn.revision.number(),
            turn.revision.podHash(),
            turn.epoch,
            turn.seq,
            nextSecond(turn.now),
            turn.now,
            filled,
            null,
            "",
            false);
    publish(turn, turn.run);
  }

  // Whole seconds, so that equal questions of different runs meet; never early.
  private static Instant nextSecond(Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(now) ? now : second.plusSeconds(1);
  }

  private static void publish(Turn turn, Run run) {
    turn.outgoing.add(
        new Decision.Outgoing.Publish(
            Topics.ANALYSIS_DESIRED,
            new AnalysisDesired(
                run.id(),
                turn.identity.uid(),
                turn.identity.namespace(),
                turn.identity.name(),
                run.name(),
                new Fence(run.epoch(), run.seq()),
                run.role(),
                run.step(),
                run.terminated()
                    ? AnalysisDesired.Wanted.TERMINATE
                    : AnalysisDesired.Wanted.MEASURE,
                run.startAt(),
                run.metrics())));
  }

  /** Says once more what is to be measured: a verdict is overdue, or the topic may have lost it. */
  static void publishAgain(Turn turn) {
    if (turn.run != null && !turn.run.isCompleted()) {
      turn.run = turn.run.askedAgain(turn.now);
      publish(turn, turn.run);
    }
    turn.setAside.forEach(run -> publish(turn, run));
  }

  /** Nobody waits for the run any more. */
  static void setAside(Turn turn, String why) {
    if (turn.run == null) {
      return;
    }
    if (turn.run.isCompleted()) {
      forget(turn);
      return;
    }
    Run ended = turn.run.terminate();
    turn.run = null;
    turn.setAside.add(ended);
    turn.log(new RolloutFact.AnalysisTerminated(ended.id(), ended.role(), why));
    publish(turn, ended);
  }

  /** The run has done its work. */
  static void forget(Turn turn) {
    if (turn.run != null) {
      turn.outgoing.add(new Decision.Outgoing.Forget(Topics.ANALYSIS_DESIRED, turn.run.id()));
      turn.run = null;
    }
  }

  /** Ends the current run on request; its gate does not pass by that. */
  static boolean terminate(Turn turn, String id) {
    if (turn.run == null || !turn.run.id().equals(id) || !isLive(turn.run)) {
      return false;
    }
    turn.run = turn.run.terminate();
    turn.log(new RolloutFact.AnalysisTerminated(id, turn.run.role(), "on request"));
    publish(turn, turn.run);
    return true;
  }

  static boolean isLive(Run run) {
    return !run.isCompleted() && !run.terminated();
  }

  static void reported(Turn turn, String id, long epoch, AnalysisPhase phase) {
    if (isCurrent(turn, id, epoch) && phase != turn.run.phase() && !phase.isCompleted()) {
      change(turn, phase, "");
    }
  }

  static void concluded(Turn turn, String id, long epoch, AnalysisPhase phase, String message) {
    if (isCurrent(turn, id, epoch)) {
      change(turn, phase, message);
      judge(turn, phase, message);
      return;
    }
    for (Run run : List.copyOf(turn.setAside)) {
      if (run.id().equals(id) && run.epoch() == epoch) {
        turn.setAside.remove(run);
        turn.log(new RolloutFact.AnalysisPhaseChanged(id, run.role(), run.phase(), phase, message));
        turn.outgoing.add(new Decision.Outgoing.Forget(Topics.ANALYSIS_DESIRED, id));
      }
    }
  }

  private static boolean isCurrent(Turn turn, String id, long epoch) {
    return turn.run != null
        && turn.run.id().equals(id)
        && turn.run.epoch() == epoch
        && turn.run.epoch() == turn.epoch
        && !turn.run.isCompleted();
  }

  private static void change(Turn turn, AnalysisPhase phase, String message) {
    turn.log(
        new RolloutFact.AnalysisPhaseChanged(
            turn.run.id(), turn.run.role(), turn.run.phase(), phase, message));
    turn.run = turn.run.at(phase, message);
  }

  private static void judge(Turn turn, AnalysisPhase phase, String message) {
    switch (phase) {
      case FAILED, ERROR -> Steps.abort(turn, "Step-based analysis phase error/failed: " + message);
      case INCONCLUSIVE -> Steps.pause(turn, PauseCondition.Reason.INCONCLUSIVE, null);
      case SUCCESSFUL -> {
        // A run that somebody ended proves nothing.
        if (turn.run.terminated()) {
          Steps.pause(turn, PauseCondition.Reason.INCONCLUSIVE, null);
        }
      }
      case RUNNING, PENDING -> {}
    }
  }
}

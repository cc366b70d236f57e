package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Command.Abort;
import dev.sluice.orchestrator.Command.Change;
import dev.sluice.orchestrator.Command.Promote;
import dev.sluice.orchestrator.Command.PromoteFull;
import dev.sluice.orchestrator.Command.Resume;
import dev.sluice.orchestrator.Command.Retry;
import dev.sluice.orchestrator.Command.SkipTo;
import dev.sluice.orchestrator.Command.TerminateRun;
import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Gone;
import dev.sluice.orchestrator.Progress.Installing;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Reason;
import dev.sluice.orchestrator.Progress.Settled;
import dev.sluice.orchestrator.Progress.Settling;
import dev.sluice.orchestrator.Progress.Stepping;
import java.util.Optional;

/**
 * What people ask for. Each command ends in exactly one entry: accepted, rejected or superseded.
 */
final class Commands {

  private Commands() {}

  /** What a command leads to. */
  sealed interface Answer {
    record Accepted(Runnable work) implements Answer {}

    record Rejected(String why) implements Answer {}

    record Superseded(String why) implements Answer {}
  }

  static void received(Turn turn, String id, Command command) {
    switch (turn.revision == null ? notYet() : answer(turn, id, command)) {
      case Answer.Accepted(Runnable work) -> {
        turn.log(new RolloutFact.CommandAccepted(id, command.text()));
        work.run();
      }
      case Answer.Rejected(String why) ->
          turn.log(new RolloutFact.CommandRejected(id, command.text(), why));
      case Answer.Superseded(String why) ->
          turn.log(new RolloutFact.CommandSuperseded(id, command.text(), why));
    }
  }

  private static Answer notYet() {
    return new Answer.Rejected("the Rollout was never valid");
  }

  private static Answer answer(Turn turn, String id, Command command) {
    return switch (command) {
      case Abort() -> abort(turn);
      case Retry() -> retry(turn);
      case Promote() -> unpaused(turn, id, promote(turn));
      case Resume() -> resume(turn);
      case SkipTo(int step) -> skipTo(turn, step);
      case PromoteFull() -> unpaused(turn, id, promoteFull(turn));
      case TerminateRun(String named) -> terminate(turn, named);
      case Change(Edit edit) -> EditCommands.answer(turn, id, edit);
    };
  }

  private static Answer terminate(Turn turn, String named) {
    Optional<Runnable> ofRun =
        Runs.find(turn, run -> run.isCalled(named) && run.isLive())
            .map(run -> () -> Runs.terminate(turn, run));
    return ofRun
        .or(() -> Experiments.live(turn, named).map(_ -> () -> Experiments.terminate(turn)))
        .<Answer>map(Answer.Accepted::new)
        .orElseGet(() -> new Answer.Superseded("the run is over"));
  }

  // Who promotes does not want the user's halt to go on, whatever else there is to do.
  private static Answer unpaused(Turn turn, String id, Answer answer) {
    if (!turn.edits.pausedWith(turn.specification)) {
      return answer;
    }
    return new Answer.Accepted(() -> {
      Editing.request(turn, id, new Edit.Pause(false));
      if (answer instanceof Answer.Accepted(Runnable work)) {
        work.run();
      }
    });
  }

  // A change that is accepted and not yet written would start an update right after the abort.
  private static Answer abort(Turn turn) {
    Answer answer = abortUpdate(turn);
    if (!turn.edits.changeTheTemplate()) {
      return answer;
    }
    return new Answer.Accepted(() -> {
      if (answer instanceof Answer.Accepted(Runnable work)) {
        work.run();
      }
      Editing.aborted(turn);
    });
  }

  private static Answer abortUpdate(Turn turn) {
    return switch (turn.progress) {
      case Stepping _, Promoting _ -> new Answer.Accepted(() -> Steps.abort(turn, ""));
      case Aborted _ -> new Answer.Superseded("the update is already aborted");
      case Installing _ -> new Answer.Rejected("there is no earlier revision to go back to");
      case Settling _, Settled _ -> new Answer.Rejected("no update is under way");
      case Gone _ -> new Answer.Rejected("the Rollout was deleted");
    };
  }

  private static Answer retry(Turn turn) {
    return switch (turn.progress) {
      case Aborted _ -> new Answer.Accepted(() -> tryAgain(turn));
      case Stepping _, Promoting _, Installing _, Settling _, Settled _, Gone _ ->
          new Answer.Superseded("nothing is aborted");
    };
  }

  private static void tryAgain(Turn turn) {
    turn.raiseEpoch();
    turn.plugins = Plugins.NONE;
    turn.shownPaused = false;
    turn.retirements.remove(turn.revision.podHash());
    turn.log(new RolloutFact.RolloutRetried(turn.revision.number()));
    turn.timing = Timing.started(turn.now);
    turn.progress = Steps.first(turn);
    turn.progressed();
  }

  private static Answer promote(Turn turn) {
    if (!turn.pauses.isEmpty() && !isStoppedByGate(turn)) {
      return resume(turn);
    }
    return turn.progress instanceof Stepping(int step)
        ? skipTo(turn, step + 1)
        : new Answer.Superseded("no step is under way");
  }

  // Who promotes past a gate that proved nothing does not want it to be measured again.
  private static boolean isStoppedByGate(Turn turn) {
    Run gate = turn.runs.get(AnalysisRole.STEP);
    return Experiments.isStopped(turn) || gate != null && gate.isCompleted() && !gate.hasPassed();
  }

  private static Answer resume(Turn turn) {
    if (turn.pauses.isEmpty()) {
      return new Answer.Superseded("nothing is paused");
    }
    // The plugin's promote says no more than that: who looks at an experiment and says go on does
    // not want another one.
    return turn.progress instanceof Stepping(int step) && Experiments.isStopped(turn)
        ? new Answer.Accepted(() -> Steps.skipTo(turn, step + 1))
        : new Answer.Accepted(() -> goOn(turn));
  }

  private static void goOn(Turn turn) {
    Runs.forgetUnproven(turn);
    if (turn.isPausedFor(PauseCondition.Reason.STEP)) {
      Steps.endStepPause(turn, "on request");
    } else {
      Steps.endPauses(turn, "on request: measured again");
    }
  }

  private static Answer skipTo(Turn turn, int step) {
    if (!(turn.progress instanceof Stepping(int current))) {
      return new Answer.Superseded("no step is under way");
    }
    if (step <= current) {
      return new Answer.Superseded("step " + current + " is under way");
    }
    if (step > turn.specification.steps().size()) {
      return new Answer.Rejected("there is no step " + step);
    }
    return new Answer.Accepted(() -> Steps.skipTo(turn, step));
  }

  private static Answer promoteFull(Turn turn) {
    return switch (turn.progress) {
      case Stepping _, Promoting _, Aborted _ -> new Answer.Accepted(() -> skipAll(turn));
      case Installing _, Settling _, Settled _ -> new Answer.Superseded("no update is under way");
      case Gone _ -> new Answer.Rejected("the Rollout was deleted");
    };
  }

  private static void skipAll(Turn turn) {
    turn.raiseEpoch();
    Runs.setAside(turn, "full promotion");
    Steps.endPauses(turn, "full promotion");
    turn.shownPaused = false;
    turn.retirements.remove(turn.revision.podHash());
    turn.log(new RolloutFact.FullPromotionRequested(turn.revision.number()));
    turn.progress = new Promoting(Reason.FULL_PROMOTION);
    turn.progressed();
  }
}

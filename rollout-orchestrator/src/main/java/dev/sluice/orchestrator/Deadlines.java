package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.RolloutFact;
import java.time.Instant;

/**
 * What happens when a timer is due. A late or repeated one finds its moment gone and does nothing.
 */
final class Deadlines {

  private Deadlines() {}

  static void fired(Turn turn, String timer) {
    Instant due = Timers.of(turn.state()).get(timer);
    if (due == null || due.isAfter(turn.now)) {
      return;
    }
    if (timer.startsWith(Timers.SCALE_DOWN)) {
      Retirements.due(turn, timer.substring(Timers.SCALE_DOWN.length()));
      return;
    }
    if (timer.startsWith(Timers.RUN)) {
      Runs.publishAgain(turn, AnalysisRole.valueOf(timer.substring(Timers.RUN.length())));
      return;
    }
    switch (timer) {
      case Timers.PAUSE -> Steps.endStepPause(turn, "its time is over");
      case Timers.PROGRESS -> progress(turn);
      case Timers.CAPACITY -> {
        turn.capacityForced = true;
        turn.log(
            new RolloutFact.CapacityDeadlineExceeded(
                "the stable ReplicaSet could not be made large enough in "
                    + turn.specification.progressDeadline().toSeconds()
                    + " s; it gets all traffic as it is"));
      }
      case Timers.ROUTE -> Routes.publishAgain(turn);
      case Timers.RESTART -> Restarts.due(turn);
      case Timers.PLUGIN -> PluginCalls.publishAgain(turn);
      default -> throw new IllegalArgumentException("no such timer: " + timer);
    }
  }

  private static void progress(Turn turn) {
    String message = Conditions.deadlineText(turn.state());
    turn.deadlineExceeded = true;
    turn.log(new RolloutFact.ProgressDeadlineExceeded(message));
    Experiments.overdueText(turn.state())
        .ifPresent(
            text -> turn.log(new RolloutFact.ExperimentOverdue(turn.experiment.name(), text)));
    boolean inFlight =
        turn.progress instanceof Progress.Stepping || turn.progress instanceof Progress.Promoting;
    if (turn.specification.abortOnDeadline() && inFlight) {
      Steps.abort(turn, message);
    }
  }
}

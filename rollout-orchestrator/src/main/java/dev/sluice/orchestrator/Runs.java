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
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How runs are started, heard and set aside. A verdict counts once, and only for a run that is
 * waited for.
 */
final class Runs {

  private Runs() {}

  /**
   * Starts a run, under the next name where one was started under its own.
   *
   * @param step the index of its step, or -1
   */
  static void start(Turn turn, AnalysisRole role, int step, RunPlan plan) {
    String first = name(turn, step);
    int attempt = turn.attempts.merge(first, 1, Integer::sum) - 1;
    String name = name(first, attempt);
    String id = turn.identity.uid() + "/" + name;
    RunPlan filled = Arguments.of(turn.state()).fill(plan);
    turn.log(
        new RolloutFact.AnalysisStarted(
            id, role, step, filled.metrics().stream().map(MetricSpec::name).toList()));
    Run run =
        new Run(
            id,
            name,
            role,
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
    turn.runs.put(role, run);
    publish(turn, run);
  }

  /**
   * The name of the first run of a step of the wanted revision.
   *
   * @param step its index, or -1 for the run beside the steps
   */
  static String name(Turn turn, int step) {
    String base =
        turn.identity.name() + "-" + turn.revision.podHash() + "-" + turn.revision.number();
    return step < 0 ? base : base + "-" + step;
  }

  /** The name of a later one. */
  static String name(String first, int attempt) {
    return attempt == 0 ? first : first + "." + attempt;
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
                run.plan().metrics())));
  }

  /** Says once more what is to be measured: the topic may have lost it. */
  static void publishAgain(Turn turn) {
    List.copyOf(turn.runs.keySet()).forEach(role -> publishAgain(turn, role));
    turn.setAside.forEach(run -> publish(turn, run));
  }

  /** The same for one run: its verdict is overdue. */
  static void publishAgain(Turn turn, AnalysisRole role) {
    Run run = turn.runs.get(role);
    if (run != null && !run.isCompleted()) {
      Run again = run.askedAgain(turn.now);
      turn.runs.put(role, again);
      publish(turn, again);
    }
  }

  /** Nobody waits for any run any more, nor for an experiment. */
  static void setAside(Turn turn, String why) {
    Experiments.setAside(turn, why);
    List.copyOf(turn.runs.keySet()).forEach(role -> setAside(turn, role, why));
  }

  /** Nobody waits for this run any more. */
  static void setAside(Turn turn, AnalysisRole role, String why) {
    Run run = turn.runs.get(role);
    if (run == null) {
      return;
    }
    if (run.isCompleted()) {
      forget(turn, role);
      return;
    }
    turn.runs.remove(role);
    Run ended = run.terminate(turn.now);
    turn.setAside.add(ended);
    turn.log(new RolloutFact.AnalysisTerminated(ended.id(), role, why));
    publish(turn, ended);
  }

  /** The run has done its work. */
  static void forget(Turn turn, AnalysisRole role) {
    Run run = turn.runs.remove(role);
    if (run != null) {
      turn.outgoing.add(new Decision.Outgoing.Forget(Topics.ANALYSIS_DESIRED, run.id()));
    }
  }

  /** What has ended without proving anything is forgotten, so that it is measured again. */
  static void forgetUnproven(Turn turn) {
    for (Run run : List.copyOf(turn.runs.values())) {
      if (run.isCompleted() && !run.hasPassed()) {
        forget(turn, run.role());
      }
    }
  }

  /** A run that is waited for. */
  static Optional<Run> find(Turn turn, Predicate<Run> which) {
    return turn.runs.values().stream().filter(which).findFirst();
  }

  /** Ends a run on request; its gate does not pass by that. */
  static void terminate(Turn turn, Run run) {
    Run ended = run.terminate(turn.now);
    turn.runs.put(run.role(), ended);
    turn.log(new RolloutFact.AnalysisTerminated(run.id(), run.role(), "on request"));
    publish(turn, ended);
  }

  static void reported(Turn turn, String id, long epoch, AnalysisPhase phase) {
    current(turn, id, epoch)
        .filter(run -> phase != run.phase() && !phase.isCompleted())
        .ifPresent(run -> change(turn, run, phase, ""));
  }

  static void concluded(Turn turn, String id, long epoch, AnalysisPhase phase, String message) {
    Optional<Run> current = current(turn, id, epoch);
    if (current.isPresent()) {
      judge(turn, change(turn, current.get(), phase, message));
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

  private static Optional<Run> current(Turn turn, String id, long epoch) {
    return find(
        turn,
        run ->
            run.id().equals(id)
                && run.epoch() == epoch
                && isValid(turn, run)
                && !run.isCompleted());
  }

  // A skipped step ends the work of that step alone: what runs beside the steps goes on.
  private static boolean isValid(Turn turn, Run run) {
    return run.epoch() == turn.epoch || run.role() == AnalysisRole.BACKGROUND;
  }

  private static Run change(Turn turn, Run run, AnalysisPhase phase, String message) {
    turn.log(
        new RolloutFact.AnalysisPhaseChanged(run.id(), run.role(), run.phase(), phase, message));
    Run changed = run.at(phase, message);
    turn.runs.put(run.role(), changed);
    return changed;
  }

  private static void judge(Turn turn, Run run) {
    switch (run.phase()) {
      case FAILED, ERROR ->
          Steps.abort(turn, kind(run.role()) + " phase error/failed: " + run.message());
      case INCONCLUSIVE -> pause(turn);
      case SUCCESSFUL -> {
        // A run that somebody ended proves nothing.
        if (run.terminated()) {
          pause(turn);
        }
      }
      case RUNNING, PENDING -> {}
    }
  }

  // Two runs that prove nothing are one reason.
  private static void pause(Turn turn) {
    if (!turn.isPausedFor(PauseCondition.Reason.INCONCLUSIVE)) {
      Steps.pause(turn, PauseCondition.Reason.INCONCLUSIVE, null);
    }
  }

  private static String kind(AnalysisRole role) {
    return switch (role) {
      case STEP -> "Step-based analysis";
      case BACKGROUND -> "Background analysis";
      case PRE_PROMOTION -> "Blue/green pre-promotion analysis";
      case POST_PROMOTION -> "Blue/green post-promotion analysis";
      case GUARD -> "Guard analysis";
    };
  }
}

package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Progress.Stepping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the experiment of a step is started, followed and set aside. It is a gate: only its success
 * lets the update go on. See docs/decisions/0016.
 */
final class Experiments {

  // Its controller gives up what does not come up by the same deadline: it has the first word.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Experiments() {}

  /** Goes on with the experiment of the current step; says whether anything changed. */
  static boolean run(Turn turn, int step, ExperimentPlan plan) {
    StepExperiment current = turn.experiment;
    if (current == null || current.isCompleted() && !current.hasPassed()) {
      start(turn, step, plan);
      return true;
    }
    return current.hasPassed() && Steps.complete(turn, step);
  }

  // A name that was used once is somebody's evidence.
  private static void start(Turn turn, int step, ExperimentPlan plan) {
    String first = Runs.name(turn, step);
    int attempt = turn.attempts.merge(countedAs(first), 1, Integer::sum) - 1;
    String name = name(first, attempt);
    ExperimentPlan filled = Arguments.of(turn.state()).fill(plan);
    turn.log(
        new RolloutFact.ExperimentStarted(
            name,
            step,
            filled.templates(),
            filled.analyses().stream().map(ExperimentPlan.Analysis::name).toList()));
    turn.experiment =
        new StepExperiment(
            name,
            step,
            turn.revision.number(),
            turn.revision.podHash(),
            turn.fence(),
            filled,
            null,
            "");
    turn.progressed();
  }

  /** Where the experiments of a name are counted: runs of the same name have their own count. */
  static String countedAs(String first) {
    return "experiments/" + first;
  }

  /** The name of a later one. */
  static String name(String first, int attempt) {
    return attempt == 0 ? first : first + "-" + attempt;
  }

  /** The cluster was seen: how far it has come there. */
  static void observed(Turn turn) {
    StepExperiment current = turn.experiment;
    if (current == null || current.isCompleted()) {
      return;
    }
    Cluster.Experiment seen = turn.cluster.experiments().get(current.name());
    if (seen == null || seen.phase() == null || seen.phase() == current.phase()) {
      return;
    }
    // An end that somebody asked for proves nothing. Who it was comes as a command of its own.
    if (!(seen.terminated() && seen.phase() == AnalysisPhase.SUCCESSFUL)) {
      reached(turn, seen.phase(), seen.message());
    }
  }

  private static void reached(Turn turn, AnalysisPhase phase, String message) {
    StepExperiment before = turn.experiment;
    turn.log(new RolloutFact.ExperimentPhaseChanged(before.name(), before.phase(), phase, message));
    turn.experiment = before.at(phase, message);
    turn.progressed();
    switch (phase) {
      case FAILED, ERROR ->
          Steps.abort(
              turn,
              "Experiment analysis phase is error/failed"
                  + (message.isEmpty() ? "" : ": " + message));
      case INCONCLUSIVE -> Steps.pause(turn, PauseCondition.Reason.EXPERIMENT_INCONCLUSIVE, null);
      case SUCCESSFUL, RUNNING, PENDING -> {}
    }
  }

  /** The experiment that is waited for, if somebody means it by this name. */
  static Optional<StepExperiment> live(Turn turn, String named) {
    return Optional.ofNullable(turn.experiment)
        .filter(StepExperiment::isLive)
        .filter(experiment -> experiment.name().equals(named));
  }

  /** Ends it on request, or because its object is gone: it has proved nothing by that. */
  static void terminate(Turn turn) {
    turn.log(new RolloutFact.ExperimentTerminated(turn.experiment.name(), "on request"));
    reached(turn, AnalysisPhase.INCONCLUSIVE, "it was terminated before its end");
  }

  /** Nobody waits for it any more. */
  static void setAside(Turn turn, String why) {
    StepExperiment current = turn.experiment;
    turn.experiment = null;
    if (current != null && current.isLive()) {
      turn.log(new RolloutFact.ExperimentTerminated(current.name(), why));
    }
  }

  /** Whether the update is stopped by one that has proved nothing. */
  static boolean isStopped(Turn turn) {
    return turn.progress instanceof Stepping
        && turn.experiment != null
        && turn.experiment.isCompleted()
        && !turn.experiment.hasPassed();
  }

  /**
   * Until when the current step's experiment is to have moved; empty where nobody can tell: what
   * has no duration ends with its analyses.
   */
  static Optional<Instant> deadline(Rollout rollout) {
    Duration deadline = rollout.specification().progressDeadline();
    StepExperiment current = rollout.experiment();
    if (current == null || current.phase() == null) {
      return Optional.of(rollout.lastProgressAt().plus(deadline));
    }
    return switch (current.phase()) {
      case PENDING -> Optional.of(rollout.lastProgressAt().plus(deadline).plus(PATIENCE));
      case RUNNING ->
          current.plan().hasEnd()
              ? Optional.of(
                  rollout
                      .lastProgressAt()
                      .plus(current.plan().duration())
                      .plus(deadline)
                      .plus(PATIENCE))
              : Optional.empty();
      case SUCCESSFUL, INCONCLUSIVE, FAILED, ERROR ->
          Optional.of(rollout.lastProgressAt().plus(deadline));
    };
  }

  /** What to say where that is over; empty where no experiment is waited for. */
  static Optional<String> overdueText(Rollout rollout) {
    StepExperiment current = rollout.experiment();
    return current == null || current.isCompleted()
        ? Optional.empty()
        : Optional.of(
            current.phase() == null
                ? waitingText(current) + ": is a controller of Experiments installed?"
                : "Experiment \"%s\" is overdue: it has been %s for too long"
                    .formatted(current.name(), current.phase().text()));
  }

  /** What to say while nobody has taken it up. */
  static String waitingText(StepExperiment experiment) {
    return "Experiment \"" + experiment.name() + "\" is not taken up by anybody yet";
  }
}

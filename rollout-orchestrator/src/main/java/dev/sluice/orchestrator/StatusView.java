package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What the Rollout's status is to show: a function of the state. Field names and texts are those
 * that tools read.
 *
 * @param aborted whether the update was taken back
 * @param abortedAt when; null if it was not
 * @param pauses why nothing moves
 * @param currentPodHash of the wanted template; empty before the first valid one
 * @param currentStepHash of the steps; empty before the first valid ones
 * @param stepIndex -1 where there are no steps
 * @param observedGeneration the newest that was looked at
 * @param replicas pods of all ReplicaSets
 * @param updatedReplicas pods of the wanted revision
 * @param readyReplicas of all
 * @param availableReplicas of all
 * @param selector of the Rollout
 * @param conditions in a fixed order, without times
 * @param stepRun what the current step waits for; null if nothing
 * @param backgroundRun what goes on beside the steps; null if nothing
 * @param experiment the name of what goes on in the current step; empty if nothing does
 * @param weights as read back; null before the first answer
 * @param stableHash of the last promoted revision
 * @param promoteFull whether a full promotion is under way
 * @param restartedAt the moment of the last restart that is over; null if there was none
 * @param phase Healthy, Progressing, Paused or Degraded
 * @param message why
 * @param timing of the update
 * @param workloadGeneration of the referenced workload; 0 if there is none
 * @param plugins what step plugins have done in it, in the order in which it was begun
 * @param stablePingPong which Service is the stable one; empty where they do not swap
 */
public record StatusView(
    boolean aborted,
    Instant abortedAt,
    List<PauseCondition> pauses,
    String currentPodHash,
    String currentStepHash,
    int stepIndex,
    long observedGeneration,
    int replicas,
    int updatedReplicas,
    int readyReplicas,
    int availableReplicas,
    String selector,
    List<Condition> conditions,
    ShownRun stepRun,
    ShownRun backgroundRun,
    String experiment,
    Weights weights,
    String stableHash,
    boolean promoteFull,
    Instant restartedAt,
    String phase,
    String message,
    Timing timing,
    long workloadGeneration,
    List<Plugins.Work> plugins,
    String stablePingPong) {

  /** The Service that is stable after a first deployment. */
  public static final String PING = "ping";

  /** The other one. */
  public static final String PONG = "pong";

  /** A condition; times are added when it is written. */
  public record Condition(String type, String status, String reason, String message) {}

  /** A run that is waited for; the phase is null before the worker has answered. */
  public record ShownRun(String name, AnalysisPhase phase, String message) {}

  /** The split as it was read back. */
  public record Weights(
      int canary,
      int stable,
      String canaryService,
      String stableService,
      String canaryHash,
      String stableHash) {}

  /** The view of this state. */
  public static StatusView of(Rollout rollout) {
    boolean known = rollout.isKnown() && rollout.revision() != null;
    Phase phase = Phase.of(rollout);
    return new StatusView(
        rollout.isAborted(),
        rollout.progress() instanceof Progress.Aborted(_, Instant since) ? since : null,
        rollout.pauses(),
        known ? rollout.revision().podHash() : "",
        known ? rollout.revision().stepsHash() : "",
        known ? stepIndex(rollout) : -1,
        rollout.observedGeneration(),
        sum(rollout, Cluster.ReplicaSet::actual),
        updated(rollout),
        sum(rollout, Cluster.ReplicaSet::ready),
        sum(rollout, Cluster.ReplicaSet::available),
        known ? rollout.specification().selector() : "",
        Conditions.of(rollout, phase),
        run(rollout, AnalysisRole.STEP),
        run(rollout, AnalysisRole.BACKGROUND),
        experiment(rollout),
        known ? weights(rollout) : null,
        rollout.stableHash(),
        rollout.progress() instanceof Progress.Promoting(var reason)
            && reason == Progress.Reason.FULL_PROMOTION,
        rollout.restart() instanceof Restart.Done(Instant at) ? at : null,
        phase.name(),
        phase.message(),
        rollout.timing(),
        workloadGeneration(rollout),
        rollout.plugins().works(),
        stablePingPong(rollout));
  }

  private static long workloadGeneration(Rollout rollout) {
    return rollout.isKnown() && rollout.specification().workload() != null
        ? rollout.specification().workload().generation()
        : 0;
  }

  private static ShownRun run(Rollout rollout, AnalysisRole role) {
    return rollout
        .run(role)
        .map(run -> new ShownRun(run.name(), run.phase(), run.message()))
        .orElse(null);
  }

  // One that is over is not current any more, whatever comes of it.
  private static String experiment(Rollout rollout) {
    StepExperiment current = rollout.experiment();
    return current == null || current.isCompleted() ? "" : current.name();
  }

  static int sum(Rollout rollout, ToIntFunction<Cluster.ReplicaSet> count) {
    return rollout.cluster().replicaSets().values().stream().mapToInt(count).sum();
  }

  static int updated(Rollout rollout) {
    Cluster.ReplicaSet current =
        rollout.revision() == null
            ? null
            : rollout.cluster().replicaSets().get(rollout.revision().podHash());
    return current == null ? 0 : current.actual();
  }

  private static int stepIndex(Rollout rollout) {
    int all = rollout.specification().steps().size();
    if (all == 0) {
      return -1;
    }
    return switch (rollout.progress()) {
      case Progress.Installing() -> 0;
      case Progress.Stepping(int step) -> step;
      // Tools see a rollback begin at the first step, then skip to the last.
      case Progress.Promoting(Progress.Reason reason) ->
          reason == Progress.Reason.WITHIN_WINDOW
                  && rollout.cluster().wanted(rollout.revision().podHash()) == 0
              ? 0
              : all;
      case Progress.Aborted _ -> 0;
      case Progress.Settling(), Progress.Settled(), Progress.Gone() -> all;
    };
  }

  private static String stablePingPong(Rollout rollout) {
    if (!isPingPong(rollout) || rollout.stableHash().isEmpty()) {
      return "";
    }
    return rollout.swapped() ? PONG : PING;
  }

  private static boolean isPingPong(Rollout rollout) {
    return rollout.isKnown() && rollout.specification().isPingPong();
  }

  private static Weights weights(Rollout rollout) {
    if (rollout.route().applied() == null) {
      return null;
    }
    int weight = rollout.route().appliedWeight();
    return new Weights(
        weight,
        rollout.specification().maxWeight() - weight,
        isPingPong(rollout) ? "" : rollout.canaryService(),
        isPingPong(rollout) ? "" : rollout.stableService(),
        rollout.revision().podHash(),
        rollout.stableHash());
  }
}

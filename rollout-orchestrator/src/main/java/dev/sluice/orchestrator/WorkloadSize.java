package dev.sluice.orchestrator;

import java.util.OptionalInt;

/**
 * How many pods the referenced workload is to have: a function of the state. Only while the first
 * revision takes over from it; what it has afterwards is its user's business. Source:
 * argo-rollouts, workloadRef.
 */
public final class WorkloadSize {

  private static final int FIRST = 1;

  private WorkloadSize() {}

  /** The number; empty where the workload is left as it is. */
  public static OptionalInt of(Rollout rollout) {
    if (!isTakingOver(rollout)) {
      return OptionalInt.empty();
    }
    Specification specification = rollout.specification();
    // Once the first revision was in force, its pods need no help of old ones any more.
    boolean isOver = rollout.everHealthy();
    return switch (specification.workload().scaleDown()) {
      case NEVER -> OptionalInt.empty();
      case ON_SUCCESS -> isOver ? OptionalInt.of(0) : OptionalInt.empty();
      case PROGRESSIVELY ->
          OptionalInt.of(isOver ? 0 : Math.max(0, specification.replicas() - ready(rollout)));
    };
  }

  // What is halted, unusable or frozen moves no pods, there neither.
  private static boolean isTakingOver(Rollout rollout) {
    return rollout.isKnown()
        && rollout.specification().workload() != null
        && scalable(rollout.specification().workload())
        && rollout.revision() != null
        && rollout.revision().number() == FIRST
        && !rollout.specification().paused()
        && rollout.problem().isEmpty()
        && rollout.quarantine().isEmpty()
        && !(rollout.progress() instanceof Progress.Gone);
  }

  private static boolean scalable(Specification.Workload workload) {
    return workload.kind().equals("Deployment");
  }

  private static int ready(Rollout rollout) {
    Cluster.ReplicaSet first = rollout.cluster().replicaSets().get(rollout.revision().podHash());
    return first == null ? 0 : first.ready();
  }
}

package dev.sluice.orchestrator;

import java.util.List;

/**
 * How the stable side grows back after an abort where it was made smaller (dynamicStableScale):
 * down the weights of the steps, so that both sides together never have many more pods than there
 * are to be in all. The weight needs no ladder: it follows the stable pods as they come. Source:
 * argo-rollouts, dynamic rollback.
 */
final class AbortLadder {

  private AbortLadder() {}

  /**
   * The weight for whose rest the stable side is made large enough next: of the last setWeight that
   * takes fewer canary pods than there are now; 0 below the lowest one.
   */
  static int rung(Rollout rollout) {
    Specification specification = rollout.specification();
    int pods = canaryPods(rollout);
    List<Step> steps = specification.steps();
    for (Step step : steps.reversed()) {
      if (step.main() instanceof Step.SetWeight(int weight)
          && specification.podsFor(weight) < pods) {
        return weight;
      }
    }
    return 0;
  }

  // Those that the stable side lacks; and where they go with their share, those that have not gone.
  private static int canaryPods(Rollout rollout) {
    Cluster cluster = rollout.cluster();
    int lacking = rollout.specification().replicas() - cluster.carrying(rollout.stableHash());
    return rollout.specification().abortScaleDownDelay().isNone()
        ? Math.max(lacking, cluster.carrying(rollout.revision().podHash()))
        : lacking;
  }
}

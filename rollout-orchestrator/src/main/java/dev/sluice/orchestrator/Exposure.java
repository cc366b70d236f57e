package dev.sluice.orchestrator;

import java.util.Set;

/**
 * Every split that may be in force now: what was read back, what is on its way, and for each
 * Service both the selector that was seen and the one that is wanted. It only ever overstates a
 * share, never understates it.
 *
 * @param canaries hashes that the canary Service may select
 * @param stables hashes that the stable Service may select
 * @param lowest weight of the canary
 * @param highest weight of the canary
 * @param maxWeight what the weights are parts of
 */
record Exposure(Set<String> canaries, Set<String> stables, int lowest, int highest, int maxWeight) {

  static Exposure of(Rollout rollout) {
    RoutePlan plan = RoutePlan.of(rollout);
    Cluster cluster = rollout.cluster();
    return new Exposure(
        Set.copyOf(java.util.List.of(cluster.canarySelector(), plan.canary())),
        Set.copyOf(java.util.List.of(cluster.stableSelector(), plan.stable())),
        rollout.route().lowestWeight(),
        rollout.route().highestWeight(),
        rollout.specification().maxWeight());
  }

  /** The largest share, in parts of the route's maximum, that pods of this hash may be getting. */
  int share(String podHash) {
    boolean asCanary = highest > 0 && selects(canaries, podHash);
    boolean asStable = lowest < maxWeight && selects(stables, podHash);
    if (asCanary && asStable) {
      return maxWeight;
    }
    if (asCanary) {
      return highest;
    }
    return asStable ? maxWeight - lowest : 0;
  }

  /** Whether a Service may send anything to this hash, even at weight 0. */
  boolean pointsAt(String podHash) {
    return selects(canaries, podHash) || selects(stables, podHash);
  }

  // A Service that selects no hash selects the pods of all of them.
  private static boolean selects(Set<String> hashes, String podHash) {
    return hashes.contains(podHash) || hashes.contains("");
  }
}

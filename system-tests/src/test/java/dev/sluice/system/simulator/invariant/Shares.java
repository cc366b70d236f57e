package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Specification;

/** How much of the traffic whose pods get, and how many pods that takes. */
final class Shares {

  private Shares() {}

  /** Pods for this share, rounded up. Source: argo-rollouts, routed canary. */
  static int pods(Specification specification, int share) {
    long scaled = (long) share * specification.replicas();
    return (int) ((scaled + specification.maxWeight() - 1) / specification.maxWeight());
  }

  /** The share of a hash, where a Service without a hash sends to the pods of all. */
  static int of(World world, Specification specification, int weight, String podHash) {
    int share = 0;
    if (selects(world.canarySelector(), podHash)) {
      share += weight;
    }
    if (selects(world.stableSelector(), podHash)) {
      share += specification.maxWeight() - weight;
    }
    return share;
  }

  static boolean isSelected(World world, String podHash) {
    return selects(world.canarySelector(), podHash) || selects(world.stableSelector(), podHash);
  }

  private static boolean selects(String selector, String podHash) {
    return selector.isEmpty() || selector.equals(podHash);
  }
}

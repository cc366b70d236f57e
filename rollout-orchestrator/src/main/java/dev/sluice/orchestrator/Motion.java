package dev.sluice.orchestrator;

/** What is still to be moved for a state: pods, and the Services that lead to them. */
public final class Motion {

  private Motion() {}

  /**
   * Whether anything that carries traffic is not seen as the state wants it. Whoever writes to the
   * cluster does that before all that only shows a state.
   */
  public static boolean isDue(Rollout rollout) {
    if (!rollout.isKnown() || rollout.revision() == null) {
      return false;
    }
    Cluster seen = rollout.cluster();
    RoutePlan plan = RoutePlan.of(rollout);
    return isAnother(plan.stable(), seen.stableSelector())
        || isAnother(plan.canary(), seen.canarySelector())
        || !seen.has(rollout.revision().podHash())
        || Sizes.of(rollout).entrySet().stream()
            .anyMatch(size -> seen.wanted(size.getKey()) != size.getValue());
  }

  private static boolean isAnother(String wanted, String seen) {
    return !wanted.isEmpty() && !wanted.equals(seen);
  }
}

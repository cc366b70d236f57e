package dev.sluice.orchestrator;

import java.util.ArrayList;
import java.util.List;

/**
 * The next safe sizes of the ReplicaSets of a Rollout without a router: no more pods than the surge
 * allows, no fewer available ones than may be missing. Source: argo-rollouts, canary without
 * traffic routing.
 *
 * @param canary pods
 * @param stable pods
 * @param others pods, in the order in which they were given
 */
record PodMoves(int canary, int stable, List<Integer> others) {

  /**
   * A ReplicaSet.
   *
   * @param wanted the size that it was told to have
   * @param available pods
   * @param target the size that it is to come to
   * @param selected how many of its pods a Service needs in any case: 0 or 1
   */
  record Side(int wanted, int available, int target, int selected) {

    /** There is no such ReplicaSet. */
    static final Side NONE = new Side(0, 0, 0, 0);

    /** Available pods that are to stay. */
    int carrying() {
      return Math.min(wanted, available);
    }

    /**
     * Where it ends: a pod that is selected stays until the Service selects others. None is made
     * for a Service.
     */
    int end() {
      return Math.max(target, Math.min(selected, wanted));
    }

    // A pod that stays for its Service alone takes nobody's place, or a surge of 0 would never end.
    private int counted() {
      return wanted - Math.min(wanted, end() - target);
    }

    private int grown(int room) {
      return wanted < target ? Math.min(target, wanted + Math.max(0, room)) : wanted;
    }

    private int drained(int spare) {
      return wanted > end() ? Math.max(end(), wanted - Math.max(0, spare)) : wanted;
    }
  }

  /**
   * The next sizes.
   *
   * @param replicas that there are to be in all
   * @param others ReplicaSets that are to go, the newest first
   */
  static PodMoves next(
      int replicas, Specification.Budget budget, Side canary, Side stable, List<Side> others) {
    int most = replicas + budget.surge();
    int least = replicas - budget.unavailable();
    int counted = canary.counted() + stable.counted();
    counted += others.stream().mapToInt(Side::counted).sum();
    int nextStable = stable.grown(most - counted);
    int nextCanary = canary.grown(most - counted - (nextStable - stable.wanted()));
    if (others.stream().anyMatch(other -> other.wanted() > other.end())) {
      // What nobody wants goes before anything else does.
      return new PodMoves(nextCanary, nextStable, leave(least, canary, stable, others));
    }
    List<Integer> kept = others.stream().map(Side::wanted).toList();
    if (canary.target() >= canary.wanted()) {
      // The canary grows: stable pods that are broken need not be waited for.
      int spare = canary.carrying() + stable.wanted() - least;
      int drained = stable.wanted() > stable.end() ? stable.drained(spare) : nextStable;
      return new PodMoves(nextCanary, drained, kept);
    }
    int spare = stable.carrying() + canary.wanted() - least;
    int drained = canary.drained(spare);
    return new PodMoves(drained, trimmed(most, least, canary, drained, stable, nextStable), kept);
  }

  // Where both have too many pods, after a scale-down, the stable ones go as far as the surge asks.
  private static int trimmed(
      int most, int least, Side canary, int nextCanary, Side stable, int nextStable) {
    int excess = nextCanary + nextStable - most;
    if (excess <= 0 || nextStable <= stable.end()) {
      return nextStable;
    }
    int spare = Math.min(canary.carrying(), nextCanary) + stable.carrying() - least;
    return Math.max(stable.end(), nextStable - Math.max(0, Math.min(excess, spare)));
  }

  private static List<Integer> leave(int least, Side canary, Side stable, List<Side> others) {
    int spare = canary.carrying() + stable.carrying() - least;
    spare += others.stream().mapToInt(Side::carrying).sum();
    List<Integer> sizes = new ArrayList<>();
    for (Side other : others) {
      int broken = other.wanted() - other.carrying();
      int size = other.drained(broken + Math.max(0, spare));
      spare -= Math.max(0, other.wanted() - size - broken);
      sizes.add(size);
    }
    return sizes;
  }
}

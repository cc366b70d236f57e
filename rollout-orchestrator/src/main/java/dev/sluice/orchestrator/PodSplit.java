package dev.sluice.orchestrator;

import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers of pods that come nearest to a weight where no router divides the traffic. Source:
 * argo-rollouts, canary without traffic routing.
 *
 * @param canary pods
 * @param stable pods
 */
record PodSplit(int canary, int stable) {

  /** The split of a weight, as far as the specification lets it come near. */
  static PodSplit of(Specification specification, int weight) {
    return of(specification.replicas(), weight, specification.budget().surge() > 0);
  }

  /**
   * The split of a weight.
   *
   * @param replicas 0 or more
   * @param weight in percent
   * @param mayAddOne whether one pod more than {@code replicas} is allowed if that comes nearer
   */
  static PodSplit of(int replicas, int weight, boolean mayAddOne) {
    if (replicas == 0) {
      return new PodSplit(0, 0);
    }
    boolean mayBeNone =
        weight == 0 || weight == Specification.PERCENT || (replicas == 1 && !mayAddOne);
    PodSplit nearest = null;
    for (int total : mayAddOne ? List.of(replicas, replicas + 1) : List.of(replicas)) {
      for (PodSplit split : around(total, weight, mayBeNone)) {
        if (nearest == null || split.isNearer(weight, nearest)) {
          nearest = split;
        }
      }
    }
    return nearest;
  }

  // The larger canary first: exactly between two numbers it is taken.
  private static List<PodSplit> around(int total, int weight, boolean mayBeNone) {
    int floor = weight * total / Specification.PERCENT;
    int ceiling = (weight * total + Specification.PERCENT - 1) / Specification.PERCENT;
    return Stream.of(ceiling, floor)
        .filter(canary -> mayBeNone || (canary > 0 && canary < total))
        .map(canary -> new PodSplit(canary, total - canary))
        .toList();
  }

  private boolean isNearer(int weight, PodSplit other) {
    return deviation(weight) * other.total() < other.deviation(weight) * total();
  }

  // In parts of a hundredth of all pods of this split: exact, where a quotient would be rounded.
  private long deviation(int weight) {
    return Math.abs((long) canary * Specification.PERCENT - (long) weight * total());
  }

  private int total() {
    return canary + stable;
  }
}

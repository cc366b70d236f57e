package dev.sluice.orchestrator;

import dev.sluice.orchestrator.PodMoves.Side;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How many pods each ReplicaSet is to have where no router divides the traffic. */
final class PodSizes {

  private final Rollout rollout;
  private final RoutePlan plan;

  private PodSizes(Rollout rollout) {
    this.rollout = rollout;
    this.plan = RoutePlan.of(rollout);
  }

  /** Wanted pods by pod hash, for every ReplicaSet that exists or is to exist. */
  static Map<String, Integer> of(Rollout rollout) {
    return new PodSizes(rollout).sizes();
  }

  /** Whether the pods are as the current step wants them. */
  static boolean areReached(Rollout rollout) {
    return new PodSizes(rollout).areReached();
  }

  private Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    List<String> others = others();
    Specification specification = rollout.specification();
    PodMoves moves =
        PodMoves.next(
            specification.replicas(),
            specification.budget(),
            canary(),
            stable(),
            others.stream().map(hash -> side(hash, 0)).toList());
    sizes.put(rollout.revision().podHash(), moves.canary());
    if (hasStable()) {
      sizes.put(rollout.stableHash(), moves.stable());
    }
    for (int i = 0; i < others.size(); i++) {
      sizes.put(others.get(i), moves.others().get(i));
    }
    return sizes;
  }

  private boolean areReached() {
    Side canary = canary();
    Side stable = stable();
    return canary.wanted() == canary.end()
        && canary.carrying() >= rollout.specification().scaling().enough(canary.target())
        && stable.wanted() == stable.end()
        && rollout.cluster().actual(rollout.stableHash()) == stable.end()
        && others().stream().allMatch(hash -> rollout.cluster().available(hash) == 0);
  }

  private Side canary() {
    return side(rollout.revision().podHash(), target().canary());
  }

  private Side stable() {
    return hasStable() ? side(rollout.stableHash(), target().stable()) : Side.NONE;
  }

  private PodSplit target() {
    Specification specification = rollout.specification();
    int all = specification.replicas();
    return switch (rollout.progress()) {
      case Progress.Stepping(int step) -> PodSplit.of(specification, specification.weightAt(step));
      case Progress.Aborted _ -> new PodSplit(0, all);
      case Progress.Installing _,
          Progress.Promoting _,
          Progress.Settling _,
          Progress.Settled _,
          Progress.Gone _ ->
          new PodSplit(all, 0);
    };
  }

  private Side side(String podHash, int target) {
    Cluster cluster = rollout.cluster();
    boolean selected =
        Stream.of(cluster.canarySelector(), cluster.stableSelector(), plan.canary(), plan.stable())
            .anyMatch(podHash::equals);
    return new Side(
        cluster.wanted(podHash),
        cluster.available(podHash),
        target,
        selected ? Math.min(1, rollout.specification().replicas()) : 0);
  }

  private boolean hasStable() {
    return !rollout.stableHash().isEmpty() && !rollout.isPromoted();
  }

  private List<String> others() {
    return rollout.cluster().replicaSets().values().stream()
        .filter(r -> !r.podHash().equals(rollout.revision().podHash()))
        .filter(r -> !r.podHash().equals(rollout.stableHash()))
        .sorted(
            Comparator.comparingInt(Cluster.ReplicaSet::revision)
                .reversed()
                .thenComparing(Cluster.ReplicaSet::podHash))
        .map(Cluster.ReplicaSet::podHash)
        .toList();
  }
}

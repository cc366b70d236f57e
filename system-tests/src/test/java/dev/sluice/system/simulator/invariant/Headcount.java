package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods where no router divides the traffic, counted on what neighbours have truly said, whatever a
 * decision made of it.
 */
final class Headcount {

  private Cluster cluster = Cluster.EMPTY;
  private Specification.Budget budget;
  private long generation = -1;

  /** Whether the numbers of pods are the weights. */
  static boolean isByPods(Rollout rollout) {
    return rollout.isKnown() && !rollout.specification().isRouted();
  }

  /** Remembers what was said; says whether sizes follow from it by numbers of pods. */
  boolean hears(Decided decided) {
    switch (decided.told()) {
      case Signal.ClusterObserved(Cluster told) -> cluster = told;
      case Signal.SpecificationObserved(Specification told)
          when told.generation() >= generation -> {
        generation = told.generation();
        budget = told.budget();
      }
      default -> {}
    }
    Rollout next = decided.decision().next();
    return isByPods(next) && next.revision() != null && !(next.progress() instanceof Progress.Gone);
  }

  Cluster cluster() {
    return cluster;
  }

  /** The most pods that there may be. */
  int most(Rollout rollout) {
    return rollout.specification().replicas() + budget.surge() + keptForServices(rollout);
  }

  /** The fewest available pods that there may be, as far as that is up to us. */
  int least(Rollout rollout) {
    return rollout.specification().replicas() - budget.unavailable();
  }

  /** Available pods that are to stay, once the sizes are these. */
  int carrying(Map<String, Integer> sizes) {
    return cluster.replicaSets().keySet().stream()
        .mapToInt(hash ->
            Math.min(cluster.available(hash), sizes.getOrDefault(hash, cluster.wanted(hash))))
        .sum();
  }

  /** Whether some pods are missing: nothing that waits for them is to blame. */
  boolean lacksPods() {
    return cluster.replicaSets().values().stream().anyMatch(set -> set.available() < set.wanted());
  }

  // Those whose revision is to have none.
  private int keptForServices(Rollout rollout) {
    RoutePlan plan = RoutePlan.of(rollout);
    Set<String> selected =
        Stream.of(cluster.canarySelector(), cluster.stableSelector(), plan.canary(), plan.stable())
            .filter(hash -> !hash.isEmpty() && !isToHavePods(rollout, hash))
            .collect(Collectors.toSet());
    return selected.size();
  }

  private static boolean isToHavePods(Rollout rollout, String hash) {
    boolean current = hash.equals(rollout.revision().podHash());
    boolean stable = hash.equals(rollout.stableHash());
    int all = rollout.specification().replicas();
    return switch (rollout.progress()) {
      case Progress.Stepping(int step) -> {
        int weight = rollout.specification().weightAt(step);
        // A single pod cannot be divided.
        yield (current && weight > 0 && all > 1)
            || (stable && weight < Specification.PERCENT && all > 1);
      }
      case Progress.Aborted _ -> stable;
      case Progress.Installing _,
          Progress.Promoting _,
          Progress.Settling _,
          Progress.Settled _,
          Progress.Gone _ ->
          current;
    };
  }
}

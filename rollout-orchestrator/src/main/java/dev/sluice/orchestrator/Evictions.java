package dev.sluice.orchestrator;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Which pods of a restart are evicted now: never more than may be missing, those of the stable
 * ReplicaSet first, then those of the wanted revision. Source: argo-rollouts, restart.
 *
 * @param pods names of those that are to go now
 * @param isDone whether no pod is left that is too old
 */
public record Evictions(List<String> pods, boolean isDone) {

  /**
   * A pod of the Rollout.
   *
   * @param name of the object
   * @param podHash its label
   * @param createdAt of the object
   * @param leaving whether it is about to go
   */
  public record Pod(String name, String podHash, Instant createdAt, boolean leaving) {}

  /** Copies the list. */
  public Evictions {
    pods = List.copyOf(pods);
  }

  /** What follows for a Rollout with these pods; nothing unless a restart is under way. */
  public static Evictions of(Rollout rollout, List<Pod> pods) {
    if (!(rollout.restart() instanceof Restart.UnderWay(Instant at))) {
      return new Evictions(List.of(), false);
    }
    List<Pod> old = pods.stream().filter(pod -> pod.createdAt().isBefore(at)).toList();
    if (old.isEmpty()) {
      return new Evictions(List.of(), true);
    }
    long leaving = pods.stream().filter(Pod::leaving).count();
    return new Evictions(
        old.stream()
            .filter(pod -> !pod.leaving())
            .sorted(
                Comparator.<Pod>comparingInt(pod -> rank(rollout, pod))
                    .thenComparing(Pod::createdAt)
                    .thenComparing(Pod::name))
            .limit(Math.max(0, spare(rollout) - leaving))
            .map(Pod::name)
            .toList(),
        false);
  }

  private static int rank(Rollout rollout, Pod pod) {
    if (pod.podHash().equals(rollout.stableHash())) {
      return 0;
    }
    return pod.podHash().equals(rollout.revision().podHash()) ? 1 : 2;
  }

  // Pods that are leaving may still be counted as available.
  private static int spare(Rollout rollout) {
    Specification specification = rollout.specification();
    int wanted = StatusView.sum(rollout, Cluster.ReplicaSet::wanted);
    int available = StatusView.sum(rollout, Cluster.ReplicaSet::available);
    int mayBeMissing = Math.max(1, specification.budget().unavailable());
    return available - (Math.max(specification.replicas(), wanted) - mayBeMissing);
  }
}

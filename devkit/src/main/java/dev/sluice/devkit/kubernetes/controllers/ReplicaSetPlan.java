package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a ReplicaSet needs now: a pure function of the set, its pods and the time.
 *
 * @param create number of pods to make
 * @param delete names of the pods to take away
 * @param status as the set should show it
 * @param again when a pod becomes available by mere passing of time
 */
record ReplicaSetPlan(
    int create, List<String> delete, ReplicaSetStatus status, Optional<Duration> again) {

  /** Who goes first: what runs nowhere, what is not ready, what is new. */
  private static final Comparator<Pod> FIRST_TO_GO =
      Comparator.comparing(Pods::isScheduled)
          .thenComparing(Pods::isReady)
          .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder())
          .thenComparing(pod -> pod.getMetadata().getName());

  static ReplicaSetPlan of(ReplicaSet set, List<Pod> all, Instant now) {
    String uid = set.getMetadata().getUid();
    List<Pod> pods =
        all.stream().filter(pod -> Pods.isOwnedBy(pod, uid)).filter(Pods::isActive).toList();
    int wanted = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
    boolean going = set.getMetadata().getDeletionTimestamp() != null;
    int missing = going ? 0 : wanted - pods.size();
    List<String> surplus =
        pods.stream()
            .sorted(FIRST_TO_GO)
            .limit(Math.max(0, -missing))
            .map(pod -> pod.getMetadata().getName())
            .toList();
    Duration minimum =
        Duration.ofSeconds(Optional.ofNullable(set.getSpec().getMinReadySeconds()).orElse(0));
    return new ReplicaSetPlan(
        Math.max(0, missing), surplus, status(set, pods, minimum, now), again(pods, minimum, now));
  }

  private static ReplicaSetStatus status(
      ReplicaSet set, List<Pod> pods, Duration minimum, Instant now) {
    Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
    long labelled = pods.stream().filter(pod -> Pods.hasLabels(pod, labels)).count();
    long ready = pods.stream().filter(Pods::isReady).count();
    long available =
        pods.stream()
            .flatMap(pod -> Pods.readySince(pod).stream())
            .filter(since -> !since.plus(minimum).isAfter(now))
            .count();
    // Zero counts are left out, as the real controller's type does.
    return new ReplicaSetStatusBuilder()
        .withReplicas(pods.size())
        .withFullyLabeledReplicas(orNull(labelled))
        .withReadyReplicas(orNull(ready))
        .withAvailableReplicas(orNull(available))
        .withObservedGeneration(set.getMetadata().getGeneration())
        .build();
  }

  private static Optional<Duration> again(List<Pod> pods, Duration minimum, Instant now) {
    return pods.stream()
        .flatMap(pod -> Pods.readySince(pod).stream())
        .map(since -> Duration.between(now, since.plus(minimum)))
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder());
  }

  private static Integer orNull(long count) {
    return count == 0 ? null : Math.toIntExact(count);
  }
}

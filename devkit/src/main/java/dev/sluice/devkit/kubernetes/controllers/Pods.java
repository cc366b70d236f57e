package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What controllers ask about a pod. */
final class Pods {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  private Pods() {}

  /** Neither over nor about to go. */
  static boolean isActive(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && (pod.getStatus() == null || !OVER.contains(String.valueOf(pod.getStatus().getPhase())));
  }

  static boolean isOwnedBy(Pod pod, String uid) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner -> Boolean.TRUE.equals(owner.getController()) && owner.getUid().equals(uid));
  }

  static boolean isOfJob(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner -> Boolean.TRUE.equals(owner.getController()) && owner.getKind().equals("Job"));
  }

  static boolean hasPhase(Pod pod, String phase) {
    return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
  }

  static boolean isScheduled(Pod pod) {
    String node = pod.getSpec().getNodeName();
    return node != null && !node.isEmpty();
  }

  static boolean isReady(Pod pod) {
    return readySince(pod).isPresent();
  }

  /** Since when the pod is ready; empty while it is not. */
  static Optional<Instant> readySince(Pod pod) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    return conditions.stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> Instant.parse(condition.getLastTransitionTime()))
        .findFirst();
  }

  /** When its last container ended; empty while none has. */
  static Optional<Instant> endedAt(Pod pod) {
    List<ContainerStatus> containers =
        pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
    return containers.stream()
        .map(container -> container.getState().getTerminated())
        .filter(Objects::nonNull)
        .map(terminated -> Instant.parse(terminated.getFinishedAt()))
        .max(Comparator.naturalOrder());
  }

  static boolean hasLabels(Pod pod, Map<String, String> wanted) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return wanted.isEmpty() || (labels != null && labels.entrySet().containsAll(wanted.entrySet()));
  }
}

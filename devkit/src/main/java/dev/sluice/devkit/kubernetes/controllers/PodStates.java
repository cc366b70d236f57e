package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The statuses that a pod goes through, as its node would report them. */
final class PodStates {
  private static final String NODE_ADDRESS = "127.0.0.1";

  private PodStates() {}

  /** It has been seen to answer. */
  static PodStatus ready(Pod pod, String ip, Instant now) {
    String time = time(now);
    ContainerState state =
        new ContainerStateBuilder().withNewRunning().withStartedAt(time).endRunning().build();
    return base(pod, "Running", "True", "", state, now)
        .withPodIP(ip)
        .withPodIPs(List.of(new PodIP(ip)))
        .build();
  }

  /** It does not answer: not yet, or no more. An address that it had stays its own. */
  static PodStatus notReady(Pod pod, String reason, String message, Instant now) {
    ContainerState state =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build();
    boolean ran = pod.getStatus() != null && pod.getStatus().getPodIP() != null;
    PodStatusBuilder status =
        base(pod, ran ? "Running" : "Pending", "False", "ContainersNotReady", state, now);
    if (ran) {
      status.withPodIP(pod.getStatus().getPodIP()).withPodIPs(pod.getStatus().getPodIPs());
    }
    return status.build();
  }

  private static PodStatusBuilder base(
      Pod pod, String phase, String ready, String reason, ContainerState state, Instant now) {
    String time = time(now);
    String since = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return new PodStatusBuilder()
        .withPhase(phase)
        .withHostIP(NODE_ADDRESS)
        .withStartTime(since == null ? time : since)
        .withConditions(
            condition(pod, "PodScheduled", "True", "", time),
            condition(pod, "Initialized", "True", "", time),
            condition(pod, "ContainersReady", ready, reason, time),
            condition(pod, "Ready", ready, reason, time))
        .withContainerStatuses(
            pod.getSpec().getContainers().stream()
                .map(container -> container(container, ready.equals("True"), state))
                .toList());
  }

  /** A condition keeps its time for as long as it keeps its status. */
  private static PodCondition condition(
      Pod pod, String type, String status, String reason, String now) {
    List<PodCondition> before =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    String since =
        before.stream()
            .filter(condition -> condition.getType().equals(type))
            .filter(condition -> condition.getStatus().equals(status))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(now);
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason.isEmpty() ? null : reason)
        .withLastTransitionTime(since)
        .build();
  }

  private static ContainerStatus container(
      Container container, boolean ready, ContainerState state) {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withReady(ready)
        .withStarted(ready)
        .withRestartCount(0)
        .withState(state)
        .build();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

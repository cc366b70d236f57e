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
import java.util.Map;
import java.util.function.Function;

/** The statuses that a pod goes through, as its node would report them. */
final class PodStates {
  private static final String NODE_ADDRESS = "127.0.0.1";
  private static final String NOT_READY = "ContainersNotReady";

  /** A container that cannot be started ends with this. */
  private static final int CANNOT_START = 128;

  private PodStates() {}

  /** The status that shows a report; times of what did not change stay. */
  static PodStatus of(Pod pod, PodReport report, Instant now) {
    String time = time(now);
    return switch (report) {
      case PodReport.Running(String ip) -> running(pod, ip, "False", NOT_READY, time);
      case PodReport.Ready(String ip, int _) -> running(pod, ip, "True", "", time);
      case PodReport.NotReady(String reason, String message) ->
          notReady(pod, waiting(reason, message), time);
      case PodReport.Crashed crashed -> crashed(pod, crashed, time);
      case PodReport.Ended(Map<String, Integer> exitCodes) -> ended(pod, exitCodes, time);
    };
  }

  private static PodStatus running(Pod pod, String ip, String ready, String reason, String time) {
    ContainerState state =
        new ContainerStateBuilder().withNewRunning().withStartedAt(time).endRunning().build();
    return status(pod, "Running", ready, reason, time)
        .withPodIP(ip)
        .withPodIPs(List.of(new PodIP(ip)))
        .withContainerStatuses(
            containers(
                pod, one -> one.withReady(ready.equals("True")).withStarted(true).withState(state)))
        .build();
  }

  /** An address that it had stays its own. */
  private static PodStatus notReady(Pod pod, ContainerState state, String time) {
    boolean ran = pod.getStatus() != null && pod.getStatus().getPodIP() != null;
    PodStatusBuilder status =
        status(pod, ran ? "Running" : "Pending", "False", NOT_READY, time)
            .withContainerStatuses(containers(pod, one -> one.withState(state)));
    if (ran) {
      status.withPodIP(pod.getStatus().getPodIP()).withPodIPs(pod.getStatus().getPodIPs());
    }
    return status.build();
  }

  private static PodStatus crashed(Pod pod, PodReport.Crashed crashed, String time) {
    return status(pod, "Running", "False", NOT_READY, time)
        .withPodIP(crashed.ip())
        .withPodIPs(List.of(new PodIP(crashed.ip())))
        .withContainerStatuses(
            containers(
                pod,
                one ->
                    one.withRestartCount(crashed.restarts())
                        .withState(waiting(crashed.reason(), crashed.message()))
                        .withLastState(terminated(CANNOT_START, "StartError", time, time))))
        .build();
  }

  private static PodStatus ended(Pod pod, Map<String, Integer> exitCodes, String time) {
    boolean good = exitCodes.values().stream().allMatch(code -> code == 0);
    String started = startTime(pod, time);
    return status(
            pod, good ? "Succeeded" : "Failed", "False", good ? "PodCompleted" : "PodFailed", time)
        .withContainerStatuses(
            containers(
                pod,
                one -> {
                  int code = exitCodes.getOrDefault(one.getName(), 0);
                  String reason =
                      switch (code) {
                        case 0 -> "Completed";
                        case CANNOT_START -> "StartError";
                        default -> "Error";
                      };
                  return one.withState(terminated(code, reason, started, time));
                }))
        .build();
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message.isEmpty() ? null : message)
        .endWaiting()
        .build();
  }

  private static ContainerState terminated(int code, String reason, String started, String time) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withStartedAt(started)
        .withFinishedAt(time)
        .endTerminated()
        .build();
  }

  private static PodStatusBuilder status(
      Pod pod, String phase, String ready, String reason, String time) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .withHostIP(NODE_ADDRESS)
        .withStartTime(startTime(pod, time))
        .withConditions(
            condition(pod, "PodScheduled", "True", "", time),
            condition(pod, "Initialized", "True", "", time),
            condition(pod, "ContainersReady", ready, reason, time),
            condition(pod, "Ready", ready, reason, time));
  }

  private static String startTime(Pod pod, String time) {
    String since = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return since == null ? time : since;
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

  private static List<ContainerStatus> containers(
      Pod pod, Function<ContainerStatusBuilder, ContainerStatusBuilder> how) {
    return pod.getSpec().getContainers().stream()
        .map(container -> how.apply(container(container)).build())
        .toList();
  }

  private static ContainerStatusBuilder container(Container container) {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withReady(false)
        .withStarted(false)
        .withRestartCount(0);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

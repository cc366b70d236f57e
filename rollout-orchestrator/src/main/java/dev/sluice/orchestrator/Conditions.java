package dev.sluice.orchestrator;

import dev.sluice.orchestrator.StatusView.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions of a Rollout's status, texts as tools expect them. Source: argo-rollouts,
 * conditions.
 */
public final class Conditions {

  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";
  private static final String TIMED_OUT = " has timed out progressing.";

  private Conditions() {}

  static List<Condition> of(Rollout rollout, Phase phase) {
    List<Condition> conditions = new ArrayList<>();
    if (!rollout.problem().isEmpty()) {
      conditions.add(new Condition("InvalidSpec", TRUE, "InvalidSpec", rollout.problem()));
    }
    if (!rollout.isKnown() || rollout.revision() == null) {
      return conditions;
    }
    boolean healthy = isHealthy(rollout, phase);
    conditions.add(available(rollout));
    conditions.add(
        new Condition(
            "Completed",
            rollout.isPromoted() ? TRUE : FALSE,
            "RolloutCompleted",
            "RolloutCompleted"));
    if (rollout.everHealthy()) {
      conditions.add(
          new Condition(
              "Healthy",
              healthy ? TRUE : FALSE,
              "RolloutHealthy",
              healthy ? "Rollout is healthy" : "Rollout is not healthy"));
    }
    if (rollout.everPaused()) {
      conditions.add(
          new Condition(
              "Paused",
              rollout.shownPaused() ? TRUE : FALSE,
              "RolloutPaused",
              "Rollout is paused"));
    }
    conditions.add(progressing(rollout, healthy));
    failure(rollout).ifPresent(conditions::add);
    if (!rollout.route().failure().isEmpty()) {
      conditions.add(
          new Condition("TrafficRouting", FALSE, "TrafficRoutingError", rollout.route().failure()));
    }
    return conditions;
  }

  private static boolean isHealthy(Rollout rollout, Phase phase) {
    return phase.equals(Phase.HEALTHY)
        && StatusView.sum(rollout, Cluster.ReplicaSet::actual)
            == rollout.specification().replicas();
  }

  private static Condition available(Rollout rollout) {
    boolean enough =
        StatusView.sum(rollout, Cluster.ReplicaSet::available)
            >= rollout.specification().replicas();
    return new Condition(
        "Available",
        enough ? TRUE : FALSE,
        "AvailableReason",
        enough ? "Rollout has minimum availability" : "Rollout does not have minimum availability");
  }

  // The wanted revision's comes first.
  private static Optional<Condition> failure(Rollout rollout) {
    Map<String, Cluster.ReplicaSet> all = rollout.cluster().replicaSets();
    return Stream.concat(
            Stream.ofNullable(all.get(rollout.revision().podHash())), all.values().stream())
        .map(Cluster.ReplicaSet::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .map(failure -> new Condition("ReplicaFailure", TRUE, failure.reason(), failure.message()));
  }

  private static Condition progressing(Rollout rollout, boolean healthy) {
    String replicaSet = rollout.replicaSetName(rollout.revision().podHash());
    if (rollout.isAborted()) {
      return progressing(FALSE, "RolloutAborted", abortText(rollout));
    }
    if (rollout.deadlineExceeded()) {
      return progressing(FALSE, "ProgressDeadlineExceeded", deadlineText(rollout));
    }
    if (!rollout.refusal().isEmpty()) {
      return progressing(
          FALSE, "ReplicaSetCreateError", refusalText(replicaSet, rollout.refusal()));
    }
    if (!rollout.pauses().isEmpty() || rollout.specification().paused()) {
      return progressing(UNKNOWN, "RolloutPaused", "Rollout is paused");
    }
    if (!rollout.cluster().has(rollout.revision().podHash())) {
      return progressing(
          TRUE, "NewReplicaSetCreated", "Created new replica set \"" + replicaSet + "\"");
    }
    return healthy
        ? progressing(
            TRUE,
            "NewReplicaSetAvailable",
            "ReplicaSet \"" + replicaSet + "\" has successfully progressed.")
        : progressing(
            TRUE, "ReplicaSetUpdated", "ReplicaSet \"" + replicaSet + "\" is progressing.");
  }

  private static Condition progressing(String status, String reason, String message) {
    return new Condition("Progressing", status, reason, message);
  }

  /** What is said of a ReplicaSet that could not be created. */
  public static String refusalText(String replicaSet, String message) {
    return "Failed to create new replica set \"" + replicaSet + "\": " + message;
  }

  static String abortText(Rollout rollout) {
    String reason = rollout.progress() instanceof Progress.Aborted(String why, _) ? why : "";
    return "Rollout aborted update to revision "
        + rollout.revision().number()
        + (reason.isEmpty() ? "" : ": " + reason);
  }

  static String deadlineText(Rollout rollout) {
    return Experiments.overdueText(rollout).orElseGet(() -> timeoutText(rollout));
  }

  /** Whether an update was aborted because nothing progressed. */
  public static boolean isTimeout(String reason) {
    return reason.endsWith(TIMED_OUT);
  }

  private static String timeoutText(Rollout rollout) {
    return "ReplicaSet \""
        + rollout.replicaSetName(rollout.revision().podHash())
        + "\""
        + TIMED_OUT;
  }
}

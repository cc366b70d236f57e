package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Api;
import dev.sluice.crd.Condition;
import dev.sluice.crd.RolloutStatus;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Timing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What another controller has left in status, ReplicaSets, AnalysisRuns and Experiments. */
final class InheritanceReader {

  private static final Pattern ABORTED =
      Pattern.compile("Rollout aborted update to revision [0-9]+(?:: (.*))?", Pattern.DOTALL);

  private InheritanceReader() {}

  static Cluster.Inherited read(RolloutStatus status, ClusterReader.Dependents dependents) {
    boolean aborted = Boolean.TRUE.equals(status.abort);
    return new Cluster.Inherited(
        text(status.currentPodHash),
        text(status.currentStepHash),
        aborted ? time(status.abortedAt) : null,
        aborted ? abortReason(status) : "",
        timing(status.duration),
        condition(status, "Paused").isPresent(),
        condition(status, "Paused").filter(paused -> "True".equals(paused.status)).isPresent(),
        condition(status, "Healthy").isPresent(),
        deadlines(dependents.replicaSets()),
        names(dependents.runs()),
        names(dependents.experiments()));
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).toList();
  }

  private static String abortReason(RolloutStatus status) {
    return condition(status, "Progressing")
        .map(progressing -> ABORTED.matcher(text(progressing.message)))
        .filter(Matcher::matches)
        .map(matcher -> text(matcher.group(1)))
        .orElse("");
  }

  private static Optional<Condition> condition(RolloutStatus status, String type) {
    return status.conditions == null
        ? Optional.empty()
        : status.conditions.stream().filter(each -> type.equals(each.type)).findFirst();
  }

  private static Timing timing(RolloutStatus.Duration duration) {
    if (duration == null) {
      return Timing.NONE;
    }
    Long paused = duration.totalManualPauseDurationSeconds;
    return new Timing(
        time(duration.rolloutStartedAt),
        time(duration.manualPauseStartedAt),
        Duration.ofSeconds(paused == null ? 0 : paused),
        time(duration.finishedAt),
        text(duration.completionStatus));
  }

  private static Map<String, Instant> deadlines(List<ReplicaSet> replicaSets) {
    Map<String, Instant> deadlines = new HashMap<>();
    for (ReplicaSet each : replicaSets) {
      Map<String, String> annotations = each.getMetadata().getAnnotations();
      Instant deadline =
          annotations == null ? null : time(annotations.get(Api.SCALE_DOWN_DEADLINE));
      if (deadline != null && !ClusterReader.podHash(each).isEmpty()) {
        deadlines.put(ClusterReader.podHash(each), deadline);
      }
    }
    return deadlines;
  }

  // What is no time was not written by a controller.
  private static Instant time(String text) {
    try {
      return text == null || text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}

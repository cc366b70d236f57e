package dev.sluice.orchestrator.kubernetes.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.Timing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The status of a Rollout as JSON, with the names that the plugin and the CRD's columns read. What
 * is 0, false or empty is left out, as Go does it.
 */
public final class StatusProjection {

  private StatusProjection() {}

  /**
   * The whole status that Sluice answers for.
   *
   * @param view what is to be shown
   * @param before the status that was written last, or an empty object: conditions keep its times
   * @param progressedAt when anything last progressed
   * @param now of this writing
   */
  public static ObjectNode of(StatusView view, JsonNode before, Instant progressedAt, Instant now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    if (view.aborted()) {
      status.put("abort", true);
      status.put("abortedAt", seconds(view.abortedAt()));
    }
    if (!view.pauses().isEmpty()) {
      status.set("pauseConditions", pauses(view));
      status.put("controllerPause", true);
    }
    putText(status, "currentPodHash", view.currentPodHash());
    putText(status, "currentStepHash", view.currentStepHash());
    putCount(status, "replicas", view.replicas());
    putCount(status, "updatedReplicas", view.updatedReplicas());
    putCount(status, "readyReplicas", view.readyReplicas());
    putCount(status, "availableReplicas", view.availableReplicas());
    putCount(status, "HPAReplicas", view.replicas());
    if (view.stepIndex() >= 0) {
      status.put("currentStepIndex", view.stepIndex());
    }
    status.put("observedGeneration", Long.toString(view.observedGeneration()));
    status.set("conditions", ConditionTimes.merge(view.conditions(), before, progressedAt, now));
    if (!view.currentPodHash().isEmpty()) {
      status.set("canary", canary(view));
      status.putObject("blueGreen");
    }
    putText(status, "selector", view.selector());
    putText(status, "stableRS", view.stableHash());
    if (view.promoteFull()) {
      status.put("promoteFull", true);
    }
    if (view.restartedAt() != null) {
      status.put("restartedAt", seconds(view.restartedAt()));
    }
    putText(status, "phase", view.phase());
    putText(status, "message", view.message());
    if (view.timing().startedAt() != null) {
      status.set("duration", duration(view.timing()));
    }
    if (view.workloadGeneration() > 0) {
      status.put("workloadObservedGeneration", Long.toString(view.workloadGeneration()));
    }
    return status;
  }

  private static ArrayNode pauses(StatusView view) {
    ArrayNode pauses = JsonNodeFactory.instance.arrayNode();
    for (PauseCondition pause : view.pauses()) {
      pauses
          .addObject()
          .put("reason", pause.reason().text())
          .put("startTime", seconds(pause.since()));
    }
    return pauses;
  }

  private static ObjectNode canary(StatusView view) {
    ObjectNode canary = JsonNodeFactory.instance.objectNode();
    putRun(canary, "currentStepAnalysisRunStatus", view.stepRun());
    putRun(canary, "currentBackgroundAnalysisRunStatus", view.backgroundRun());
    putText(canary, "currentExperiment", view.experiment());
    if (!view.plugins().isEmpty()) {
      canary.set("stepPluginStatuses", PluginStatuses.of(view.plugins()));
    }
    putText(canary, "stablePingPong", view.stablePingPong());
    StatusView.Weights weights = view.weights();
    if (weights != null) {
      ObjectNode split = canary.putObject("weights");
      destination(
          split.putObject("canary"),
          weights.canary(),
          weights.canaryService(),
          weights.canaryHash());
      destination(
          split.putObject("stable"),
          weights.stable(),
          weights.stableService(),
          weights.stableHash());
    }
    return canary;
  }

  private static void putRun(ObjectNode canary, String field, StatusView.ShownRun run) {
    if (run != null) {
      ObjectNode shown =
          canary
              .putObject(field)
              .put("name", run.name())
              .put("status", run.phase() == null ? "" : run.phase().text());
      putText(shown, "message", run.message());
    }
  }

  private static void destination(ObjectNode side, int weight, String service, String podHash) {
    side.put("weight", weight);
    putText(side, "serviceName", service);
    putText(side, "podTemplateHash", podHash);
  }

  private static ObjectNode duration(Timing timing) {
    ObjectNode duration = JsonNodeFactory.instance.objectNode();
    duration.put("rolloutStartedAt", seconds(timing.startedAt()));
    if (timing.manualPauseStartedAt() != null) {
      duration.put("manualPauseStartedAt", seconds(timing.manualPauseStartedAt()));
    }
    if (!timing.manualPause().isZero()) {
      duration.put("totalManualPauseDurationSeconds", timing.manualPause().toSeconds());
    }
    if (timing.finishedAt() != null) {
      duration.put("finishedAt", seconds(timing.finishedAt()));
    }
    putText(duration, "completionStatus", timing.completion());
    return duration;
  }

  static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void putText(ObjectNode object, String name, String value) {
    if (value != null && !value.isEmpty()) {
      object.put(name, value);
    }
  }

  private static void putCount(ObjectNode object, String name, int value) {
    if (value != 0) {
      object.put(name, value);
    }
  }
}

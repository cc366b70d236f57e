package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON merge patch of a Rollout, as the kubectl plugin of Argo Rollouts sends it.
 *
 * @param status whether it goes to the status subresource
 * @param body the patch
 */
record Patch(boolean status, String body) {

  /** Takes the update back. */
  static List<Patch> abort() {
    return List.of(new Patch(true, "{\"status\":{\"abort\":true}}"));
  }

  /** Starts the aborted update again. */
  static List<Patch> retry() {
    return List.of(new Patch(true, "{\"status\":{\"abort\":false}}"));
  }

  /** Ends the pause; where nothing is paused, skips the current step. */
  static List<Patch> promote(JsonNode rollout) {
    var patches = new ArrayList<Patch>(unpause(rollout));
    JsonNode status = rollout.path("status");
    JsonNode steps = rollout.at("/spec/strategy/canary/steps");
    int next = Math.min(status.path("currentStepIndex").asInt() + 1, steps.size());
    boolean paused = !status.path("pauseConditions").isEmpty();
    if (isInconclusive(status) && paused && status.path("controllerPause").asBoolean()) {
      patches.add(
          status(
              "\"pauseConditions\":null,\"controllerPause\":false,\"currentStepIndex\":" + next));
    } else if (paused) {
      patches.add(status("\"pauseConditions\":null"));
    } else if (!steps.isEmpty()) {
      patches.add(status("\"pauseConditions\":null,\"currentStepIndex\":" + next));
    }
    return patches;
  }

  /** Skips all steps, pauses and analysis; nothing to do where the wanted revision is stable. */
  static List<Patch> promoteFully(JsonNode rollout) {
    var patches = new ArrayList<Patch>(unpause(rollout));
    JsonNode status = rollout.path("status");
    if (!status.path("currentPodHash").asText().equals(status.path("stableRS").asText())) {
      patches.add(status("\"promoteFull\":true"));
    }
    return patches;
  }

  private static List<Patch> unpause(JsonNode rollout) {
    return rollout.at("/spec/paused").asBoolean()
        ? List.of(new Patch(false, "{\"spec\":{\"paused\":false}}"))
        : List.of();
  }

  private static boolean isInconclusive(JsonNode status) {
    return status.at("/canary/currentStepAnalysisRunStatus/status").asText().equals("Inconclusive");
  }

  private static Patch status(String fields) {
    return new Patch(true, "{\"status\":{" + fields + "}}");
  }
}

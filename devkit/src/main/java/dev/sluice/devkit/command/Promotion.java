package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The ways in which somebody lets an update go on. */
final class Promotion {

  private Promotion() {}

  /** Ends the pause; where nothing is paused, skips the current step. */
  static List<Patch> promote(JsonNode rollout) {
    var patches = new ArrayList<Patch>(unpause(rollout));
    JsonNode status = rollout.path("status");
    boolean paused = !status.path("pauseConditions").isEmpty();
    if (isInconclusive(status) && paused && status.path("controllerPause").asBoolean()) {
      patches.add(
          Patch.status(
              "\"pauseConditions\":null,\"controllerPause\":false,\"currentStepIndex\":"
                  + next(rollout)));
    } else if (paused) {
      patches.add(Patch.status("\"pauseConditions\":null"));
    } else if (!steps(rollout).isEmpty()) {
      patches.add(Patch.status("\"pauseConditions\":null,\"currentStepIndex\":" + next(rollout)));
    }
    return patches;
  }

  /** Skips all steps, pauses and analysis; nothing to do where the wanted revision is stable. */
  static List<Patch> full(JsonNode rollout) {
    var patches = new ArrayList<Patch>(unpause(rollout));
    JsonNode status = rollout.path("status");
    if (!status.path("currentPodHash").asText().equals(status.path("stableRS").asText())) {
      patches.add(Patch.status("\"promoteFull\":true"));
    }
    return patches;
  }

  /** Skips the current step, whatever it is; a pause goes on being shown. */
  static List<Patch> skipStep(JsonNode rollout) {
    return steps(rollout).isEmpty()
        ? List.of()
        : List.of(Patch.status("\"currentStepIndex\":" + next(rollout)));
  }

  /** Goes behind the last step. */
  static List<Patch> skipAllSteps(JsonNode rollout) {
    return steps(rollout).isEmpty()
        ? List.of()
        : List.of(Patch.status("\"currentStepIndex\":" + steps(rollout).size()));
  }

  private static int next(JsonNode rollout) {
    int index = rollout.at("/status/currentStepIndex").asInt();
    return Math.min(index + 1, steps(rollout).size());
  }

  private static JsonNode steps(JsonNode rollout) {
    return rollout.at("/spec/strategy/canary/steps");
  }

  private static List<Patch> unpause(JsonNode rollout) {
    return rollout.at("/spec/paused").asBoolean()
        ? List.of(Patch.spec("\"paused\":false"))
        : List.of();
  }

  private static boolean isInconclusive(JsonNode status) {
    return status.at("/canary/currentStepAnalysisRunStatus/status").asText().equals("Inconclusive");
  }
}

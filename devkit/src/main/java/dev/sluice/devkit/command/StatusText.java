package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code status} prints of a Rollout. */
final class StatusText {

  private static final String WORKLOAD_GENERATION = "rollout.argoproj.io/workload-generation";

  private StatusText() {}

  static String of(JsonNode rollout) {
    JsonNode status = rollout.path("status");
    JsonNode weights = status.at("/canary/weights");
    var lines = new ArrayList<String>();
    lines.add(line("Name", rollout.at("/metadata/name").asText()));
    lines.add(line("Namespace", rollout.at("/metadata/namespace").asText()));
    lines.add(line("Status", phase(rollout)));
    if (rollout.at("/spec/strategy/canary/steps").isArray()) {
      lines.add(
          line(
              "Step",
              status.path("currentStepIndex").asInt()
                  + "/"
                  + rollout.at("/spec/strategy/canary/steps").size()));
    }
    if (weights.isObject()) {
      lines.add(line("Weight", weights.at("/canary/weight").asText("0")));
    }
    lines.add(line("Images", String.join(", ", images(rollout))));
    lines.add(line("Revision", status.path("currentPodHash").asText("-")));
    lines.add(line("Stable", status.path("stableRS").asText("-")));
    lines.add(
        line(
            "Replicas",
            "desired %d, current %d, updated %d, ready %d, available %d"
                .formatted(
                    rollout.at("/spec/replicas").asInt(1),
                    status.path("replicas").asInt(),
                    status.path("updatedReplicas").asInt(),
                    status.path("readyReplicas").asInt(),
                    status.path("availableReplicas").asInt())));
    return String.join("\n", lines);
  }

  // What nobody has looked at yet is not what status says: as the plugin tells it.
  private static String phase(JsonNode rollout) {
    JsonNode status = rollout.path("status");
    String generation = rollout.at("/metadata/generation").asText();
    if (!status.path("observedGeneration").asText().equals(generation)) {
      return "Progressing - waiting for rollout spec update to be observed";
    }
    if (!isReferenceObserved(rollout)) {
      return "Progressing - waiting for rollout spec update to be observed for the reference"
          + " workload";
    }
    if (status.path("controllerPause").asBoolean() && status.path("pauseConditions").isEmpty()) {
      return "Progressing - waiting for rollout to unpause";
    }
    String phase = status.path("phase").asText("Unknown");
    String message = status.path("message").asText();
    return message.isEmpty() ? phase : phase + " - " + message;
  }

  private static boolean isReferenceObserved(JsonNode rollout) {
    String generation = rollout.at("/metadata/annotations").path(WORKLOAD_GENERATION).asText();
    return !rollout.at("/spec/workloadRef").isObject()
        || rollout.at("/status/workloadObservedGeneration").asText().equals(generation);
  }

  private static List<String> images(JsonNode rollout) {
    var images = new ArrayList<String>();
    rollout
        .at("/spec/template/spec/containers")
        .forEach(container -> images.add(container.path("image").asText()));
    return images;
  }

  private static String line(String name, String value) {
    return "%-11s%s".formatted(name + ":", value);
  }
}

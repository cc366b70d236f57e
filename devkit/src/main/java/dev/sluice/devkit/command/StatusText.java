package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code status} prints of a Rollout. */
final class StatusText {

  private StatusText() {}

  static String of(JsonNode rollout) {
    JsonNode status = rollout.path("status");
    JsonNode weights = status.at("/canary/weights");
    var lines = new ArrayList<String>();
    lines.add(line("Name", rollout.at("/metadata/name").asText()));
    lines.add(line("Namespace", rollout.at("/metadata/namespace").asText()));
    lines.add(line("Status", phase(status)));
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

  private static String phase(JsonNode status) {
    String phase = status.path("phase").asText("Unknown");
    String message = status.path("message").asText();
    return message.isEmpty() ? phase : phase + " - " + message;
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

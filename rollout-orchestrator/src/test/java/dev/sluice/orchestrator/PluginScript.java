package dev.sluice.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.PluginPhase;
import java.time.Duration;

/** How scenarios write step plugins, and what these answer. */
final class PluginScript {

  /** What a plugin answers, to whatever it was asked. */
  record Said(PluginPhase phase, String message, Duration requeueAfter, String status) {}

  private PluginScript() {}

  static Step step(String name, boolean disabled) {
    return new Step.Plugin(name, "http://" + name + ":8080", "{\"of\":\"" + name + "\"}", disabled);
  }

  static Said answer(JsonNode value) {
    return new Said(
        PluginPhase.valueOf(value.get("phase").asText().toUpperCase()),
        value.path("message").asText(""),
        value.has("requeueAfter")
            ? Duration.parse("PT" + value.get("requeueAfter").asText().toUpperCase())
            : null,
        value.has("status") ? value.get("status").toString() : null);
  }
}

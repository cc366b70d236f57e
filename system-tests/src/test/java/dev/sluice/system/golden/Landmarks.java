package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What a log of watches comes to: per object the sequence of its values without repeats, and how it
 * ended.
 */
final class Landmarks {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode DELETED = TextNode.valueOf("deleted");
  private static final Set<String> AT_REST = Set.of("Healthy", "Paused", "Degraded");
  private static final Set<String> WITH_EVENTS = Set.of("Rollout", "AnalysisRun", "Experiment");
  private static final List<String> RESULT_FIELDS =
      List.of(
          "phase",
          "count",
          "successful",
          "failed",
          "inconclusive",
          "error",
          "consecutiveError",
          "message",
          "dryRun");

  private final Map<String, JsonNode> found = new TreeMap<>();
  private final Map<String, Set<String>> events = new TreeMap<>();

  private Landmarks() {}

  /** The landmarks by name, for instance {@code replicasets/app-6589c5c9db}. */
  static Map<String, JsonNode> of(List<Observed> log) {
    var landmarks = new Landmarks();
    log.forEach(landmarks::see);
    landmarks.events.forEach(
        (name, messages) -> landmarks.found.put(name, MAPPER.valueToTree(messages)));
    return landmarks.found;
  }

  private void see(Observed seen) {
    String name = seen.resource() + "/" + seen.name();
    JsonNode object = seen.object();
    if (seen.change() == Observed.Change.DELETED) {
      if (!seen.resource().equals("events")) {
        append(name, DELETED);
        found.remove(name + " final status");
      }
      return;
    }
    switch (seen.resource()) {
      case "events" -> event(object);
      case "rollouts" -> rollout(name, object.path("status"));
      case "replicasets", "deployments" -> append(name, object.path("replicas"));
      case "services" -> append(name, object.path("selector"));
      case "ingresses" -> routing(name, object.path("annotations"));
      case "experiments" -> phase(name, object.path("status"));
      case "analysisruns" -> {
        phase(name, object.path("status"));
        results(name + " result", object.path("status"));
      }
      case "jobs" -> {}
      default -> append(name, object.path("spec"));
    }
  }

  private void rollout(String name, JsonNode status) {
    if (AT_REST.contains(status.path("phase").asText())) {
      ObjectNode rest = MAPPER.createObjectNode();
      copy(status, "phase", rest, "phase");
      if (!status.path("message").asText().isEmpty()) {
        copy(status, "message", rest, "message");
      }
      copy(status, "currentStepIndex", rest, "step");
      copy(status, "abort", rest, "abort");
      append(name + " at rest", rest);
    }
    append(name + " step", status.path("currentStepIndex"));
    append(name + " stableRS", status.path("stableRS"));
    JsonNode weights = status.at("/canary/weights");
    if (weights.isObject()) {
      ObjectNode split = MAPPER.createObjectNode();
      split.set("canary", weights.at("/canary/weight"));
      split.set("stable", weights.at("/stable/weight"));
      append(name + " weights", split);
    }
    if (!status.path("blueGreen").isEmpty()) {
      ObjectNode selectors = MAPPER.createObjectNode();
      selectors.set("activeSelector", status.at("/blueGreen").get("activeSelector"));
      selectors.set("previewSelector", status.at("/blueGreen").get("previewSelector"));
      append(name + " blueGreen", selectors);
    }
    if (!status.isMissingNode()) {
      found.put(name + " final status", sortedConditions(status));
    }
  }

  private void routing(String name, JsonNode annotations) {
    ObjectNode routing = MAPPER.createObjectNode();
    annotations
        .properties()
        .forEach(annotation -> {
          String key = annotation.getKey();
          boolean nginx = key.contains("/canary");
          boolean alb = key.contains("/actions.") || key.contains("/conditions.");
          if (nginx || alb || key.endsWith("/managed-alb-annotations")) {
            routing.set(key, annotation.getValue());
          }
        });
    if (!routing.isEmpty()) {
      append(name, routing);
    }
  }

  private void phase(String name, JsonNode status) {
    String phase = status.path("phase").asText();
    String message = status.path("message").asText();
    if (!phase.isEmpty()) {
      append(name, TextNode.valueOf(message.isEmpty() ? phase : phase + ": " + message));
    }
  }

  private void results(String name, JsonNode status) {
    if (status.path("phase").asText().isEmpty()) {
      return;
    }
    ObjectNode results = MAPPER.createObjectNode();
    for (JsonNode metric : status.path("metricResults")) {
      ObjectNode result = results.putObject(metric.path("name").asText());
      RESULT_FIELDS.forEach(field -> copy(metric, field, result, field));
      ArrayNode values = result.putArray("values");
      metric.path("measurements").forEach(measurement -> values.add(measurement.get("value")));
    }
    found.put(name, results);
  }

  // That it was noticed says nothing of what was done about it.
  private void event(JsonNode event) {
    String kind = event.path("kind").asText();
    String reason = event.path("reason").asText();
    if (WITH_EVENTS.contains(kind) && !reason.equals("RolloutAddedToInformer")) {
      events
          .computeIfAbsent(
              "events/" + kind + "/" + event.path("object").asText(), _ -> new TreeSet<>())
          .add(event.path("type").asText() + " " + reason + ": " + event.path("message").asText());
    }
  }

  private void append(String name, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    var sequence = (ArrayNode) found.computeIfAbsent(name, _ -> MAPPER.createArrayNode());
    if (sequence.isEmpty() || !sequence.get(sequence.size() - 1).equals(value)) {
      sequence.add(value);
    }
  }

  private static JsonNode sortedConditions(JsonNode status) {
    if (!status.path("conditions").isArray()) {
      return status;
    }
    ObjectNode sorted = status.deepCopy();
    ArrayNode conditions = sorted.putArray("conditions");
    StreamSupport.stream(status.path("conditions").spliterator(), false)
        .sorted(Comparator.comparing(condition -> condition.path("type").asText()))
        .forEach(conditions::add);
    return sorted;
  }

  private static void copy(JsonNode from, String field, ObjectNode to, String as) {
    if (from.has(field)) {
      to.set(as, from.get(field));
    }
  }
}

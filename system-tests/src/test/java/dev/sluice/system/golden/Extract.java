package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What matters of an object of the cluster, in the shape in which the recordings have it. */
final class Extract {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Extract() {}

  static ObjectNode of(String resource, JsonNode full) {
    return switch (resource) {
      case "events" -> event(full);
      case "rollouts" -> rollout(full);
      case "replicasets" -> replicaSet(full);
      case "services" -> with(named(full), "selector", full.at("/spec/selector"));
      case "deployments" -> with(named(full), "replicas", full.at("/spec/replicas"));
      default -> with(with(named(full), "spec", full.path("spec")), "status", full.path("status"));
    };
  }

  private static ObjectNode named(JsonNode full) {
    ObjectNode named = MAPPER.createObjectNode();
    named.put("name", full.at("/metadata/name").asText());
    with(named, "annotations", full.at("/metadata/annotations"));
    return with(named, "labels", full.at("/metadata/labels"));
  }

  private static ObjectNode rollout(JsonNode full) {
    ObjectNode rollout = named(full);
    with(rollout, "generation", full.at("/metadata/generation"));
    with(rollout, "spec", full.path("spec"));
    return with(rollout, "status", withoutConditionTimes(full.path("status")));
  }

  // The recordings leave them out.
  private static JsonNode withoutConditionTimes(JsonNode status) {
    JsonNode copy = status.deepCopy();
    copy.path("conditions")
        .forEach(condition ->
            ((ObjectNode) condition).remove(List.of("lastTransitionTime", "lastUpdateTime")));
    return copy;
  }

  private static ObjectNode replicaSet(JsonNode full) {
    ObjectNode replicaSet = named(full);
    with(replicaSet, "replicas", full.at("/spec/replicas"));
    return with(replicaSet, "status", full.path("status"));
  }

  private static ObjectNode event(JsonNode full) {
    ObjectNode event = MAPPER.createObjectNode();
    with(event, "reason", full.path("reason"));
    with(event, "type", full.path("type"));
    with(event, "message", full.path("message"));
    with(event, "kind", full.at("/involvedObject/kind"));
    return with(event, "object", full.at("/involvedObject/name"));
  }

  private static ObjectNode with(ObjectNode object, String field, JsonNode value) {
    if (!value.isMissingNode()) {
      object.set(field, value);
    }
    return object;
  }
}

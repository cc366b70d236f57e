package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Kubernetes objects as JSON. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode tree(Object object) {
    return MAPPER.valueToTree(object);
  }

  /** Whether nothing is set in it, at any depth: what Go writes of empty structures. */
  static boolean isBlank(JsonNode json) {
    if (!json.isContainerNode()) {
      return json.isNull() || json.asText().isEmpty();
    }
    for (JsonNode each : json) {
      if (!isBlank(each)) {
        return false;
      }
    }
    return true;
  }
}

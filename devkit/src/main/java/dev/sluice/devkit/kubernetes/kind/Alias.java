package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.Map;

/**
 * A kind that shows the objects of another one in another group, some fields under other names.
 *
 * @param group in which it is served
 * @param storage whose objects they are
 * @param names of the fields, from the one shown to the one kept
 */
record Alias(String group, Kind storage, Map<String, String> names) {
  /** Events came first in the core group, and got a group of their own later. */
  static final Map<String, String> EVENT =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  ObjectNode stored(ObjectNode shown) {
    ObjectNode stored = Json.object();
    for (Map.Entry<String, JsonNode> field : shown.properties()) {
      stored.set(names.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    return stored.put("apiVersion", storage.apiVersion());
  }

  ObjectNode shown(ObjectNode stored, String apiVersion) {
    ObjectNode shown = stored.deepCopy();
    names.forEach((there, here) -> {
      JsonNode value = shown.remove(here);
      if (value != null) {
        shown.set(there, value);
      }
    });
    return shown.put("apiVersion", apiVersion);
  }
}

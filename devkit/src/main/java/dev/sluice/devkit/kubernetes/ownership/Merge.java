package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays what somebody wants over what there is, and takes fields away. */
final class Merge {
  private Merge() {}

  /** What there is with everything that is wanted; both stay as they are. */
  static JsonNode over(JsonNode present, JsonNode wanted, Schema schema) {
    boolean whole =
        Fields.isLeaf(present, schema)
            || Fields.isLeaf(wanted, schema)
            || present.isArray() != wanted.isArray();
    if (whole) {
      return wanted.deepCopy();
    }
    if (wanted.isArray()) {
      return list(Steps.items(present, schema), Steps.items(wanted, schema), schema.items());
    }
    ObjectNode merged = present.deepCopy();
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      JsonNode before = present.path(field.getKey());
      JsonNode after =
          before.isMissingNode()
              ? field.getValue().deepCopy()
              : over(before, field.getValue(), schema.inner(field.getKey()));
      merged.set(field.getKey(), after);
    }
    return merged;
  }

  /** Items that only one side has stay where they are; those of both come in the wanted order. */
  private static ArrayNode list(
      Map<String, JsonNode> present, Map<String, JsonNode> wanted, Schema schema) {
    ArrayNode merged = Json.array();
    Deque<Map.Entry<String, JsonNode>> rest = new ArrayDeque<>(wanted.entrySet());
    for (Map.Entry<String, JsonNode> item : present.entrySet()) {
      if (!wanted.containsKey(item.getKey())) {
        merged.add(item.getValue().deepCopy());
        continue;
      }
      boolean shared = false;
      while (!shared) {
        Map.Entry<String, JsonNode> next = rest.removeFirst();
        shared = present.containsKey(next.getKey());
        merged.add(
            shared
                ? over(present.get(next.getKey()), next.getValue(), schema)
                : next.getValue().deepCopy());
      }
    }
    rest.forEach(item -> merged.add(item.getValue().deepCopy()));
    return merged;
  }

  /** Takes fields away in place; objects that become empty by that go too. */
  static void remove(JsonNode value, FieldSet gone, Schema schema) {
    if (Fields.isLeaf(value, schema)) {
      return;
    }
    if (value instanceof ArrayNode array) {
      Map<String, JsonNode> kept = new LinkedHashMap<>(Steps.items(array, schema));
      kept.keySet().removeIf(step -> gone.find(step).filter(FieldSet::isMember).isPresent());
      kept.forEach(
          (step, item) -> gone.find(step).ifPresent(part -> remove(item, part, schema.items())));
      array.removeAll().addAll(kept.values());
      return;
    }
    ObjectNode object = (ObjectNode) value;
    for (String name : object.properties().stream().map(Map.Entry::getKey).toList()) {
      gone.find(Steps.field(name))
          .ifPresent(part -> {
            JsonNode field = object.get(name);
            boolean whole = part.isMember();
            if (!whole) {
              remove(field, part, schema.inner(name));
            }
            if (whole || (field.isContainerNode() && field.isEmpty())) {
              object.remove(name);
            }
          });
    }
  }
}

package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an API server does to an object by its schema: leaves out what is unknown, fills in
 * defaults.
 */
final class SchemaRules {

  private SchemaRules() {}

  static JsonNode stored(JsonNode value, JsonNode schema) {
    if (schema.path("x-kubernetes-preserve-unknown-fields").booleanValue()) {
      return value;
    }
    return switch (value) {
      case ObjectNode object -> storedObject(object, schema);
      case ArrayNode array -> {
        ArrayNode list = array.arrayNode();
        array.forEach(each -> list.add(stored(each, schema.path("items"))));
        yield list;
      }
      default -> value;
    };
  }

  private static ObjectNode storedObject(ObjectNode value, JsonNode schema) {
    ObjectNode stored = value.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode property =
          schema.path("properties").path(member.getKey()).isMissingNode()
              ? schema.path("additionalProperties")
              : schema.path("properties").path(member.getKey());
      if (!property.isMissingNode()) {
        stored.set(member.getKey(), stored(member.getValue(), property));
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (!stored.has(property.getKey()) && property.getValue().has("default")) {
        stored.set(property.getKey(), property.getValue().get("default"));
      }
    }
    return stored;
  }

  /** Paths of required members that are missing. */
  static List<String> missing(JsonNode value, JsonNode schema, String path) {
    List<String> missing = new ArrayList<>();
    if (value.isObject()) {
      for (JsonNode name : schema.path("required")) {
        if (!value.has(name.textValue())) {
          missing.add(path + "." + name.textValue());
        }
      }
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        JsonNode property = schema.path("properties").path(member.getKey());
        missing.addAll(missing(member.getValue(), property, path + "." + member.getKey()));
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      missing.addAll(missing(value.get(i), schema.path("items"), path + "[" + i + "]"));
    }
    return missing;
  }
}

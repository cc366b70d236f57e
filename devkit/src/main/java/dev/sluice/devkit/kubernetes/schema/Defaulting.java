package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Fills in the defaults of a structural schema. */
public final class Defaulting {
  private Defaulting() {}

  /**
   * Defaults in place. A null where the schema allows none counts as absent: it gives way to the
   * default, or is dropped where there is none.
   */
  public static void apply(JsonNode value, Schema schema) {
    switch (value) {
      case ObjectNode object -> {
        fill(object, schema);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          schema.field(field.getKey()).ifPresent(inner -> apply(field.getValue(), inner));
        }
      }
      case ArrayNode array -> {
        for (JsonNode item : array) {
          apply(item, schema.items());
        }
      }
      default -> {} // a single value is filled by the object around it
    }
  }

  private static void fill(ObjectNode object, Schema schema) {
    object
        .properties()
        .removeIf(field -> field.getValue().isNull() && refusesNull(schema, field.getKey()));
    for (Map.Entry<String, JsonNode> property : schema.node().path("properties").properties()) {
      Optional<JsonNode> value = new Schema(property.getValue()).defaultValue();
      if (value.isPresent() && !object.has(property.getKey())) {
        object.set(property.getKey(), value.get().deepCopy());
      }
    }
  }

  private static boolean refusesNull(Schema schema, String field) {
    return schema
        .field(field)
        .filter(inner -> !inner.node().isMissingNode() && !inner.nullable())
        .isPresent();
  }
}

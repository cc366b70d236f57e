package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.util.Map;
import java.util.Optional;

/** Which fields a value has, and in which of them two values differ. */
final class Fields {
  private Fields() {}

  /** The fields of a value; of what is written as one piece, the piece. */
  static FieldSet of(JsonNode value, Schema schema) {
    FieldSet set = new FieldSet();
    fill(set, value, schema);
    return set;
  }

  /**
   * The fields of a value with all the objects and lists around them: who writes the first field of
   * an object has made the object too.
   */
  static FieldSet withContainers(JsonNode value, Schema schema) {
    FieldSet set = new FieldSet();
    fillAll(set, value, schema);
    return set;
  }

  /** The fields that both have with different values. */
  static FieldSet different(JsonNode left, JsonNode right, Schema schema) {
    FieldSet set = new FieldSet();
    compare(set, left, right, schema);
    return set;
  }

  /** Whether a value is written as one piece. */
  static boolean isLeaf(JsonNode value, Schema schema) {
    return switch (value) {
      case ArrayNode array -> schema.listType() == Schema.ListType.ATOMIC;
      case ObjectNode object -> schema.atomicMap();
      default -> true; // a single value
    };
  }

  private static void fill(FieldSet set, JsonNode value, Schema schema) {
    if (isLeaf(value, schema)) {
      set.add();
    } else if (value.isArray()) {
      Steps.items(value, schema)
          .forEach((step, item) -> {
            fill(set.at(step), item, schema.items());
            set.at(step).add();
          });
    } else {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        Optional<Schema> named = schema.property(field.getKey());
        FieldSet child = set.at(Steps.field(field.getKey()));
        fill(child, field.getValue(), named.orElseGet(() -> schema.inner(field.getKey())));
        boolean empty = field.getValue().isObject() && field.getValue().isEmpty();
        if (empty || named.isEmpty()) {
          child.add();
        }
      }
    }
  }

  private static void fillAll(FieldSet set, JsonNode value, Schema schema) {
    if (isLeaf(value, schema)) {
      return;
    }
    if (value.isArray()) {
      Steps.items(value, schema)
          .forEach((step, item) -> addAll(set.at(step), item, schema.items()));
      return;
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = field.getKey();
      addAll(set.at(Steps.field(name)), field.getValue(), schema.inner(name));
    }
    for (Map.Entry<String, JsonNode> field : schema.node().path("properties").properties()) {
      if (new Schema(field.getValue()).isAlways() && !value.has(field.getKey())) {
        addAll(set.at(Steps.field(field.getKey())), Json.object(), new Schema(field.getValue()));
      }
    }
  }

  private static void addAll(FieldSet set, JsonNode value, Schema schema) {
    set.add();
    fillAll(set, value, schema);
  }

  private static void compare(FieldSet set, JsonNode left, JsonNode right, Schema schema) {
    if (isLeaf(left, schema) || isLeaf(right, schema) || left.isArray() != right.isArray()) {
      if (!Json.same(left, right)) {
        set.add();
      }
    } else if (left.isArray()) {
      Map<String, JsonNode> others = Steps.items(right, schema);
      Steps.items(left, schema)
          .forEach((step, item) -> {
            if (others.containsKey(step)) {
              compare(set.at(step), item, others.get(step), schema.items());
            }
          });
    } else {
      for (Map.Entry<String, JsonNode> field : right.properties()) {
        Schema inner = schema.inner(field.getKey());
        FieldSet child = set.at(Steps.field(field.getKey()));
        if (left.has(field.getKey())) {
          compare(child, left.get(field.getKey()), field.getValue(), inner);
        } else if (inner.isAlways() && isLeaf(field.getValue(), inner)) {
          child.add(); // it was there, as a null
        } else if (inner.isAlways() && field.getValue().isObject()) {
          compare(child, Json.object(), field.getValue(), inner);
        }
      }
    }
  }
}

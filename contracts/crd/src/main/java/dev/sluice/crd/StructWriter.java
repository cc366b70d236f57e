package dev.sluice.crd;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;

/**
 * Writes a {@link Struct}: the fields that are set, in their order, then what was kept beside them.
 */
final class StructWriter extends JsonSerializer<Struct> {

  /** The name under which a struct keeps JSON that is no object at all. */
  static final String WHOLE = "";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static ObjectNode tree(Struct struct) {
    return node(struct) instanceof ObjectNode object ? object : MAPPER.createObjectNode();
  }

  // Statuses are compared in every pass, so the tree is made without a detour over tokens.
  private static JsonNode node(Object value) {
    return switch (value) {
      case Struct struct -> node(struct);
      case JsonNode json -> json.deepCopy();
      case String text -> TextNode.valueOf(text);
      case Integer number -> IntNode.valueOf(number);
      case Boolean flag -> BooleanNode.valueOf(flag);
      case List<?> list -> {
        ArrayNode array = MAPPER.createArrayNode();
        list.forEach(each -> array.add(node(each)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = MAPPER.createObjectNode();
        map.forEach((name, each) -> object.set(String.valueOf(name), node(each)));
        yield object;
      }
      case null -> NullNode.getInstance();
      default -> MAPPER.valueToTree(value);
    };
  }

  private static JsonNode node(Struct struct) {
    JsonNode whole = struct.other().get(WHOLE);
    if (whole != null && struct.problemOf(WHOLE)) {
      return whole.deepCopy();
    }
    ObjectNode object = MAPPER.createObjectNode();
    for (Field field : StructFields.of(struct.getClass())) {
      Object value = StructFields.value(field, struct);
      if (value != null) {
        object.set(field.getName(), node(value));
      }
    }
    for (Map.Entry<String, JsonNode> kept : struct.other().entrySet()) {
      if (!object.has(kept.getKey())) {
        object.set(kept.getKey(), kept.getValue().deepCopy());
      }
    }
    return object;
  }

  @Override
  public void serialize(Struct struct, JsonGenerator out, SerializerProvider serializers)
      throws IOException {
    serializers.defaultSerializeValue(node(struct), out);
  }
}

package dev.sluice.crd;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a {@link Struct}: the fields that are set, in their order, then what was kept beside them.
 */
final class StructWriter extends JsonSerializer<Struct> {

  /** The name under which a struct keeps JSON that is no object at all. */
  static final String WHOLE = "";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static ObjectNode tree(Struct struct) {
    JsonNode tree = MAPPER.valueToTree(struct);
    return tree instanceof ObjectNode object ? object : MAPPER.createObjectNode();
  }

  @Override
  public void serialize(Struct struct, JsonGenerator out, SerializerProvider serializers)
      throws IOException {
    JsonNode whole = struct.other().get(WHOLE);
    if (whole != null && struct.problemOf(WHOLE)) {
      serializers.defaultSerializeValue(whole, out);
      return;
    }
    Set<String> written = new HashSet<>();
    out.writeStartObject(struct);
    for (Field field : StructFields.of(struct.getClass())) {
      Object value = StructFields.value(field, struct);
      if (value != null) {
        written.add(field.getName());
        serializers.defaultSerializeField(field.getName(), value, out);
      }
    }
    for (Map.Entry<String, JsonNode> kept : struct.other().entrySet()) {
      if (!written.contains(kept.getKey())) {
        serializers.defaultSerializeField(kept.getKey(), kept.getValue(), out);
      }
    }
    out.writeEndObject();
  }
}

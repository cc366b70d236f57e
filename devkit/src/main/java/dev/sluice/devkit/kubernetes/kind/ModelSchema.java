package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Set;

/**
 * The schema of a built-in kind, read off the client library's class for it: which fields there are
 * and of which type. What a class cannot say (required fields, ranges) is not in it.
 */
final class ModelSchema {
  private static final String LIBRARY = "io.fabric8.kubernetes.api.model.";

  /** Classes that hold whatever they are given. */
  private static final Set<String> FREE =
      Set.of("Quantity", "JSONSchemaProps", "RawExtension", "AnyType", "FieldsV1", "JSON");

  /** What every object has under {@code metadata}. */
  static final Schema METADATA = of(ObjectMeta.class);

  private ModelSchema() {}

  static Schema of(Class<?> model) {
    return new Schema(node(Json.MAPPER.constructType(model)));
  }

  private static ObjectNode node(JavaType type) {
    ObjectNode node = Json.object();
    Class<?> raw = type.getRawClass();
    if (raw == IntOrString.class) {
      return node.put("x-kubernetes-int-or-string", true);
    }
    if (raw == String.class || raw == MicroTime.class || raw.isEnum()) {
      return node.put("type", "string");
    }
    if (raw == Integer.class || raw == Long.class) {
      return node.put("type", "integer");
    }
    if (raw == Boolean.class) {
      return node.put("type", "boolean");
    }
    if (raw == Double.class) {
      return node.put("type", "number");
    }
    if (type.isCollectionLikeType()) {
      node.put("type", "array").set("items", node(type.getContentType()));
      return node;
    }
    if (type.isMapLikeType()) {
      node.put("type", "object").set("additionalProperties", node(type.getContentType()));
      return node;
    }
    boolean known = raw.getName().startsWith(LIBRARY) && !raw.isInterface();
    return known && !FREE.contains(raw.getSimpleName())
        ? fields(type)
        : node.put("x-kubernetes-preserve-unknown-fields", true);
  }

  private static ObjectNode fields(JavaType type) {
    ObjectNode node = Json.object().put("type", "object");
    ObjectNode properties = node.putObject("properties");
    for (BeanPropertyDefinition property :
        Json.MAPPER.getSerializationConfig().introspect(type).findProperties()) {
      ObjectNode field = node(property.getPrimaryType());
      FieldTraits.addTo(field, type.getRawClass().getSimpleName() + "." + property.getName());
      if (property.getRawPrimaryType() == ObjectMeta.class) {
        field.put(Schema.ALWAYS, true);
      }
      properties.set(property.getName(), field);
    }
    FieldTraits.addTo(node, type.getRawClass().getSimpleName());
    return node;
  }
}

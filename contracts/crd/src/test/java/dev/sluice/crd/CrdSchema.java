package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The structural schema of a type, without descriptions (they would make it ten times as long). As
 * Argo's it bounds next to nothing: what a value may be is judged where the Rollout is decided on,
 * with a message in its status.
 */
final class CrdSchema {

  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?"
          + "(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private CrdSchema() {}

  static ObjectNode of(GoType.Object type) {
    ObjectNode schema = node().put("type", "object");
    ArrayNode required = schema.arrayNode();
    ObjectNode properties = node();
    for (GoType.Field field : type.fields()) {
      if (field.required()) {
        required.add(field.name());
      }
      properties.set(field.name(), of(type, field));
    }
    if (!properties.isEmpty()) {
      schema.set("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static ObjectNode of(GoType.Object owner, GoType.Field field) {
    if (isOpen(owner, field)) {
      return node().put(PRESERVE, true);
    }
    ObjectNode schema =
        switch (field.shape()) {
          case SINGLE -> value(owner, field);
          case LIST -> list(field);
          case MAP -> map(field);
        };
    if (field.defaultValue() != null) {
      schema.set("default", field.defaultValue());
    }
    if (!field.oneOf().isEmpty()) {
      ArrayNode values = schema.putArray("enum");
      field.oneOf().stream().sorted().forEach(values::add);
    }
    return schema;
  }

  /** What Argo's schemas leave open: nothing is pruned, refused or defaulted in there. */
  private static boolean isOpen(GoType.Object owner, GoType.Field field) {
    return owner.name().equals("PodSpec") && field.name().equals("volumes");
  }

  private static ObjectNode value(GoType.Object owner, GoType.Field field) {
    if (owner.name().equals("PodTemplateSpec") && field.name().equals("metadata")) {
      // Of a pod template's metadata, Argo's schemas let only these two through.
      return of(ModelTypes.of(TemplateMetadata.class));
    }
    ObjectNode schema = of(field.type());
    if (field.atomic()) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    if (owner.name().endsWith("Container") && field.name().equals("resources")) {
      // Open as well, so that cpu: 0.5 passes.
      ObjectNode resources = (ObjectNode) schema.get("properties");
      resources.set("limits", node().put(PRESERVE, true));
      resources.set("requests", node().put(PRESERVE, true));
    }
    return schema;
  }

  private static ObjectNode list(GoType.Field field) {
    ObjectNode schema = node().put("type", "array");
    schema.set("items", of(field.type()));
    if (!field.list().isEmpty()) {
      schema.put("x-kubernetes-list-type", field.list());
    }
    if (!field.keys().isEmpty()) {
      ArrayNode keys = schema.putArray("x-kubernetes-list-map-keys");
      field.keys().forEach(keys::add);
    }
    return schema;
  }

  private static ObjectNode map(GoType.Field field) {
    ObjectNode schema = node().put("type", "object");
    if (field.type() == GoType.Leaf.RAW) {
      schema.put(PRESERVE, true);
    } else {
      schema.set("additionalProperties", of(field.type()));
    }
    if (field.atomic()) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    return schema;
  }

  private static ObjectNode of(GoType type) {
    return switch (type) {
      case GoType.Object object -> of(object);
      case GoType.Leaf leaf ->
          switch (leaf) {
            case STRING -> node().put("type", "string");
            case BOOLEAN -> node().put("type", "boolean");
            case INT32 -> node().put("type", "integer").put("format", "int32");
            case INT64 -> node().put("type", "integer").put("format", "int64");
            case TIME -> node().put("type", "string").put("format", "date-time");
            case INT_OR_STRING -> intOrString();
            case QUANTITY -> intOrString().put("pattern", QUANTITY);
            case RAW -> node().put(PRESERVE, true);
          };
    };
  }

  private static ObjectNode intOrString() {
    ObjectNode schema = node();
    ArrayNode types = schema.putArray("anyOf");
    types.addObject().put("type", "integer");
    types.addObject().put("type", "string");
    return schema.put("x-kubernetes-int-or-string", true);
  }

  private static ObjectNode node() {
    return Resources.JSON.createObjectNode();
  }
}

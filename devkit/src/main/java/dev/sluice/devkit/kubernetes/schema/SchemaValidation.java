package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks an object against a structural schema and tells everything that is wrong with it. */
public final class SchemaValidation {
  private final List<FieldError> errors = new ArrayList<>();

  private SchemaValidation() {}

  /** The errors in the order of the object's fields; metadata is checked elsewhere. */
  public static List<FieldError> check(ObjectNode root, Schema schema) {
    SchemaValidation validation = new SchemaValidation();
    validation.visit(root, schema, "");
    return validation.errors;
  }

  private void visit(JsonNode value, Schema schema, String path) {
    if (value.isNull() && schema.nullable()) {
      return;
    }
    if (!hasType(value, schema)) {
      String type = schema.intOrString() ? "integer,string" : Json.text(schema.node(), "/type");
      String name = value.isNull() ? "null" : typeName(value);
      errors.add(FieldError.wrongType(path, name, type));
      return;
    }
    visitEnum(value, schema, path);
    ValueLimits.check(value, schema.node(), path).ifPresent(errors::add);
    switch (value) {
      case ObjectNode object -> visitObject(object, schema, path);
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          visit(array.get(i), schema.items(), path + "[" + i + "]");
        }
        visitIdentities(array, schema, path);
      }
      default -> {} // its type, set and limits were all there is to check
    }
    visitCombinations(value, schema, path);
  }

  private void visitObject(ObjectNode object, Schema schema, String path) {
    for (JsonNode required : schema.node().path("required")) {
      if (!object.has(required.asText())) {
        errors.add(FieldError.required(join(path, required.asText()), ""));
      }
    }
    boolean resource = path.isEmpty() || schema.embeddedResource();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!resource || !Schema.RESOURCE_FIELDS.contains(field.getKey())) {
        Optional<Schema> inner = schema.field(field.getKey());
        inner.ifPresent(found -> visit(field.getValue(), found, join(path, field.getKey())));
      }
    }
  }

  /** In a set no value, in a map no key comes twice. */
  private void visitIdentities(ArrayNode array, Schema schema, String path) {
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < array.size() && schema.listType() != Schema.ListType.ATOMIC; i++) {
      JsonNode identity = array.get(i);
      if (schema.listType() == Schema.ListType.MAP && identity instanceof ObjectNode item) {
        identity = item.deepCopy().retain(schema.listMapKeys());
      }
      if (!seen.add(identity)) {
        errors.add(FieldError.duplicate(path + "[" + i + "]", identity.toString()));
      }
    }
  }

  private void visitEnum(JsonNode value, Schema schema, String path) {
    JsonNode allowed = schema.node().path("enum");
    boolean listed =
        !allowed.isArray()
            || StreamSupport.stream(allowed.spliterator(), false)
                .anyMatch(one -> Json.same(one, value));
    if (!listed) {
      String supported =
          StreamSupport.stream(allowed.spliterator(), false)
              .map(one -> Json.quoted(one.isTextual() ? one.asText() : one.toString()))
              .collect(Collectors.joining(", "));
      errors.add(FieldError.unsupported(path, value.toString(), supported));
    }
  }

  private void visitCombinations(JsonNode value, Schema schema, String path) {
    for (JsonNode part : schema.node().path("allOf")) {
      visit(value, new Schema(part), path);
    }
    check(value, schema.node().path("anyOf"), path, "at least one", count -> count >= 1);
    check(value, schema.node().path("oneOf"), path, "one and only one", count -> count == 1);
    JsonNode not = schema.node().path("not");
    if (not.isObject() && passes(value, not)) {
      errors.add(FieldError.invalid(path, value.toString(), "must not validate the schema (not)"));
    }
  }

  private void check(
      JsonNode value,
      JsonNode parts,
      String path,
      String wanted,
      java.util.function.LongPredicate enough) {
    if (parts.isArray()
        && !enough.test(
            StreamSupport.stream(parts.spliterator(), false)
                .filter(part -> passes(value, part))
                .count())) {
      errors.add(
          FieldError.invalid(
              path, value.toString(), "\"%s\" must validate %s schema".formatted(path, wanted)));
    }
  }

  private static boolean passes(JsonNode value, JsonNode part) {
    SchemaValidation trial = new SchemaValidation();
    trial.visit(value, new Schema(part), "trial");
    return trial.errors.isEmpty();
  }

  private static boolean hasType(JsonNode value, Schema schema) {
    if (schema.intOrString()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (Json.text(schema.node(), "/type")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> isWhole(value);
      case "number" -> value.isNumber();
      default -> true; // no type given: anything goes, null too
    };
  }

  private static boolean isWhole(JsonNode value) {
    return value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  private static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> isWhole(value) ? "integer" : "number";
      case STRING, BINARY, POJO -> "string";
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL, MISSING -> "null";
    };
  }

  private static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}

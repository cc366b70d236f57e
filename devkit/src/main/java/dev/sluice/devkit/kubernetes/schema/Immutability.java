package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one validation rule that is built here, {@code self == oldSelf}: what was written once stays.
 * It speaks only where there was a value before and still is one; a definition with any other rule
 * is refused.
 */
public final class Immutability {
  private static final String RULES = "x-kubernetes-validations";
  private static final String UNCHANGED = "self == oldSelf";

  private final List<FieldError> errors = new ArrayList<>();

  private Immutability() {}

  /** Whether all rules anywhere in a definition are of this kind. */
  public static boolean isAllThatIsAsked(JsonNode definition) {
    return definition.findValues(RULES).stream()
        .flatMap(rules -> rules.findValuesAsText("rule").stream())
        .allMatch(UNCHANGED::equals);
  }

  /** Whether a schema has any rule. */
  public static boolean isAsked(Schema schema) {
    return !schema.node().findValues(RULES).isEmpty();
  }

  /** What was changed although it must not be. */
  public static List<FieldError> check(ObjectNode old, ObjectNode wanted, Schema schema) {
    Immutability immutability = new Immutability();
    immutability.visit(old, wanted, schema, "");
    return immutability.errors;
  }

  private void visit(JsonNode old, JsonNode wanted, Schema schema, String path) {
    for (JsonNode rule : schema.node().path(RULES)) {
      if (!Json.same(old, wanted)) {
        String message = rule.path("message").asText("failed rule: " + UNCHANGED);
        errors.add(
            wanted.isContainerNode()
                ? new FieldError("FieldValueInvalid", "Invalid value: " + message, path)
                : FieldError.invalid(path, wanted.toString(), message));
      }
    }
    // Elements of a list have no old self of their own.
    if (old instanceof ObjectNode && wanted instanceof ObjectNode) {
      for (Map.Entry<String, JsonNode> field : wanted.properties()) {
        Optional<JsonNode> before = Optional.ofNullable(old.get(field.getKey()));
        Optional<Schema> inner = schema.field(field.getKey());
        if (before.isPresent() && inner.isPresent()) {
          String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
          visit(before.get(), field.getValue(), inner.get(), at);
        }
      }
    }
  }
}

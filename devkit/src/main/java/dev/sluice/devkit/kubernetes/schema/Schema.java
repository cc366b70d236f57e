package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.Set;

/**
 * One node of a structural schema, read where it is needed.
 *
 * @param node the OpenAPI v3 JSON of this node; missing where the schema says nothing
 */
public record Schema(JsonNode node) {
  /** What every resource has at its root, whether the schema names it or not. */
  static final Set<String> RESOURCE_FIELDS = Set.of("apiVersion", "kind", "metadata");

  private static final Schema NOTHING = new Schema(MissingNode.getInstance());

  Optional<Schema> property(String name) {
    JsonNode property = node.path("properties").path(name);
    return property.isMissingNode() ? Optional.empty() : Optional.of(new Schema(property));
  }

  /** The schema of values under free keys: empty where free keys are not allowed. */
  Optional<Schema> additionalProperties() {
    JsonNode additional = node.path("additionalProperties");
    if (additional.isMissingNode() || (additional.isBoolean() && !additional.asBoolean())) {
      return Optional.empty();
    }
    return Optional.of(additional.isObject() ? new Schema(additional) : NOTHING);
  }

  /** The schema of a field, be it named or under a free key. */
  Optional<Schema> field(String name) {
    return property(name).or(this::additionalProperties);
  }

  Schema items() {
    return new Schema(node.path("items"));
  }

  Optional<JsonNode> defaultValue() {
    return Optional.ofNullable(node.get("default"));
  }

  boolean nullable() {
    return node.path("nullable").asBoolean(false);
  }

  boolean preservesUnknownFields() {
    return node.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
  }

  boolean embeddedResource() {
    return node.path("x-kubernetes-embedded-resource").asBoolean(false);
  }

  boolean intOrString() {
    return node.path("x-kubernetes-int-or-string").asBoolean(false);
  }
}

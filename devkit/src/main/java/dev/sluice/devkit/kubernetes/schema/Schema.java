package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
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

  /** Marks a field that a typed server has even where nobody writes it. */
  public static final String ALWAYS = "x-sluice-always";

  private static final Schema NOTHING = new Schema(MissingNode.getInstance());

  /** How the items of a list are told apart. */
  public enum ListType {
    /** Not at all: a list is one piece. */
    ATOMIC,
    SET,
    MAP
  }

  public Optional<Schema> property(String name) {
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

  /** The schema of a field; one that says nothing where there is no such field. */
  public Schema inner(String name) {
    return field(name).orElse(NOTHING);
  }

  public ListType listType() {
    return switch (node.path("x-kubernetes-list-type").asText()) {
      case "map" -> ListType.MAP;
      case "set" -> ListType.SET;
      default -> ListType.ATOMIC;
    };
  }

  public List<String> listMapKeys() {
    return Json.texts(node.path("x-kubernetes-list-map-keys"));
  }

  /** Whether a typed server has this field even where nobody writes it. */
  public boolean isAlways() {
    return node.path(ALWAYS).asBoolean(false);
  }

  /** Whether an object is one piece. */
  public boolean atomicMap() {
    return node.path("x-kubernetes-map-type").asText().equals("atomic");
  }

  /** Whether a strategic merge patch does something to this field: merge, replace, retainKeys. */
  public boolean patches(String strategy) {
    return List.of(node.path("x-kubernetes-patch-strategy").asText().split(",")).contains(strategy);
  }

  /** The field that tells a list's items apart in a strategic merge patch; empty: the value. */
  public String patchMergeKey() {
    return node.path("x-kubernetes-patch-merge-key").asText();
  }

  public Schema items() {
    return new Schema(node.path("items"));
  }

  public Optional<JsonNode> defaultValue() {
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

package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The types below PodTemplateSpec, from the facts that {@code contracts/crd/tools} wrote. */
final class PodTemplateTypes {

  private static final JsonNode FACTS = resource();
  private static final PodTemplateTypes TYPES = new PodTemplateTypes(FACTS, GoType.Omit.ZERO);
  private static final PodTemplateTypes EARLIER = new PodTemplateTypes(FACTS, GoType.Omit.NEVER);

  private final JsonNode facts;
  private final GoType.Omit ofTimes;
  private final Map<String, GoType.Object> known = new HashMap<>();

  /**
   * @param ofTimes when a time of its own, without pointer, is left out
   */
  private PodTemplateTypes(JsonNode facts, GoType.Omit ofTimes) {
    this.facts = facts;
    this.ofTimes = ofTimes;
    facts.fieldNames().forEachRemaining(this::object);
  }

  /** The type of that name, such as PodTemplateSpec. */
  static GoType.Object get(String name) {
    return TYPES.named(name);
  }

  /** The same as Kubernetes' libraries before 0.34 wrote it: with times that are null. */
  static GoType.Object getEarlier(String name) {
    return EARLIER.named(name);
  }

  private GoType.Object named(String name) {
    GoType.Object type = known.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no type " + name + " in pod-template-types.json");
    }
    return type;
  }

  private GoType type(String name) {
    return switch (name) {
      case "string" -> GoType.Leaf.STRING;
      case "boolean" -> GoType.Leaf.BOOLEAN;
      case "int32" -> GoType.Leaf.INT32;
      case "int64" -> GoType.Leaf.INT64;
      case "quantity" -> GoType.Leaf.QUANTITY;
      case "intOrString" -> GoType.Leaf.INT_OR_STRING;
      case "time" -> GoType.Leaf.TIME;
      case "raw" -> GoType.Leaf.RAW;
      default -> object(name);
    };
  }

  private GoType.Object object(String name) {
    GoType.Object before = known.get(name);
    if (before != null) {
      return before;
    }
    // No type contains itself, so the recursion ends.
    List<GoType.Field> fields = new ArrayList<>();
    facts.get(name).forEach(field -> fields.add(field(field)));
    GoType.Object type = new GoType.Object(name, List.copyOf(fields));
    known.put(name, type);
    return type;
  }

  private GoType.Field field(JsonNode facts) {
    List<String> keys = new ArrayList<>();
    facts.path("keys").forEach(key -> keys.add(key.textValue()));
    return new GoType.Field(
        facts.get("name").textValue(),
        type(facts.get("type").textValue()),
        GoType.Shape.valueOf(facts.path("shape").asText("single").toUpperCase(Locale.ROOT)),
        facts.path("pointer").booleanValue(),
        omit(facts),
        facts.path("required").booleanValue(),
        facts.get("default"),
        Set.of(),
        facts.path("list").asText(""),
        List.copyOf(keys),
        facts.path("atomic").booleanValue());
  }

  private GoType.Omit omit(JsonNode facts) {
    GoType.Omit omit =
        GoType.Omit.valueOf(facts.path("omit").asText("never").toUpperCase(Locale.ROOT));
    return omit == GoType.Omit.ZERO ? ofTimes : omit;
  }

  private static JsonNode resource() {
    try (InputStream file = PodTemplateTypes.class.getResourceAsStream("pod-template-types.json")) {
      return new ObjectMapper().readTree(file).get("types");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

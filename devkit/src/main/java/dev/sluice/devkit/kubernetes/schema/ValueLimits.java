package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.FieldError;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** The limits that a schema sets on one value: numbers, lengths, counts, patterns. */
final class ValueLimits {
  private ValueLimits() {}

  /** The first limit that the value breaks. */
  static Optional<FieldError> check(JsonNode value, JsonNode schema, String path) {
    if (value.isTextual()
        && length(value.asText()) > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      return Optional.of(FieldError.tooLong(path, schema.get("maxLength").asInt()));
    }
    String most = value.isArray() ? "maxItems" : "maxProperties";
    if (value.isContainerNode() && value.size() > schema.path(most).asInt(Integer.MAX_VALUE)) {
      return Optional.of(FieldError.tooMany(path, value.size(), schema.get(most).asInt()));
    }
    String broken =
        switch (value.getNodeType()) {
          case NUMBER -> number(value.decimalValue(), schema);
          case STRING -> text(value.asText(), schema);
          case ARRAY -> list(value, schema);
          case OBJECT -> size(value.size(), schema, "Properties", "properties");
          case BOOLEAN, NULL, BINARY, POJO, MISSING -> "";
        };
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(FieldError.invalid(path, value.toString(), path + " in body " + broken));
  }

  private static String number(BigDecimal value, JsonNode schema) {
    if (schema.has("minimum")) {
      int order = value.compareTo(schema.get("minimum").decimalValue());
      boolean exclusive = schema.path("exclusiveMinimum").asBoolean(false);
      if (order < 0 || (order == 0 && exclusive)) {
        String than = exclusive ? "greater than " : "greater than or equal to ";
        return "should be " + than + schema.get("minimum").asText();
      }
    }
    if (schema.has("maximum")) {
      int order = value.compareTo(schema.get("maximum").decimalValue());
      boolean exclusive = schema.path("exclusiveMaximum").asBoolean(false);
      if (order > 0 || (order == 0 && exclusive)) {
        String than = exclusive ? "less than " : "less than or equal to ";
        return "should be " + than + schema.get("maximum").asText();
      }
    }
    boolean multiple =
        !schema.has("multipleOf")
            || value.remainder(schema.get("multipleOf").decimalValue()).signum() == 0;
    return multiple ? "" : "should be a multiple of " + schema.get("multipleOf").asText();
  }

  private static String text(String value, JsonNode schema) {
    String size = size(length(value), schema, "Length", "chars long");
    if (!size.isEmpty() || !schema.has("pattern")) {
      return size;
    }
    String pattern = schema.get("pattern").asText();
    return Pattern.compile(pattern).matcher(value).find() ? "" : "should match '" + pattern + "'";
  }

  private static int length(String value) {
    return value.codePointCount(0, value.length());
  }

  private static String list(JsonNode value, JsonNode schema) {
    boolean unique = schema.path("uniqueItems").asBoolean(false);
    HashSet<JsonNode> seen = new HashSet<>();
    for (JsonNode item : value) {
      if (unique && !seen.add(item)) {
        return "shouldn't contain duplicates";
      }
    }
    return size(value.size(), schema, "Items", "items");
  }

  private static String size(int size, JsonNode schema, String keyword, String unit) {
    if (schema.has("min" + keyword) && size < schema.get("min" + keyword).asInt()) {
      return "should have at least %s %s".formatted(schema.get("min" + keyword).asText(), unit);
    }
    if (schema.has("max" + keyword) && size > schema.get("max" + keyword).asInt()) {
      return "should have at most %s %s".formatted(schema.get("max" + keyword).asText(), unit);
    }
    return "";
  }
}

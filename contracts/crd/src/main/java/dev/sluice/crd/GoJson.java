package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON byte for byte as Go's encoding/json writes the struct that it was read into: known
 * members only, in the order of the struct, with its rules of what is left out. The hashes of Argo
 * Rollouts are over these bytes.
 */
final class GoJson {

  private static final Comparator<String> BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

  private final StringBuilder out = new StringBuilder();

  private GoJson() {}

  /**
   * @param path of the object, for messages
   * @throws IllegalArgumentException where a member has not the type that Go wants; says which
   */
  static String object(JsonNode json, GoType.Object type, String path) {
    GoJson writer = new GoJson();
    writer.writeObject(json, type, path);
    return writer.out.toString();
  }

  /**
   * @param path of the list, for messages
   * @throws IllegalArgumentException where a member has not the type that Go wants; says which
   */
  static String list(JsonNode json, GoType.Object element, String path) {
    GoJson writer = new GoJson();
    writer.writeList(json, element, path);
    return writer.out.toString();
  }

  /** Anything, with sorted keys. */
  static String raw(JsonNode json) {
    GoJson writer = new GoJson();
    writer.writeRaw(json);
    return writer.out.toString();
  }

  private void writeObject(JsonNode json, GoType.Object type, String path) {
    fits(isAbsent(json) || json.isObject(), path, "an object", json);
    out.append('{');
    boolean first = true;
    for (GoType.Field field : type.fields()) {
      JsonNode value = json.path(field.name());
      if (isAbsent(value) && json.isObject() && field.defaultValue() != null) {
        value = field.defaultValue();
      }
      if (isLeftOut(value, field)) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      GoText.quote(field.name(), out);
      out.append(':');
      writeField(value, field, path + "." + field.name());
    }
    out.append('}');
  }

  private static boolean isLeftOut(JsonNode value, GoType.Field field) {
    boolean absent = isAbsent(value);
    return switch (field.omit()) {
      case NEVER -> false;
      case ZERO -> absent;
      case EMPTY ->
          switch (field.shape()) {
            case LIST, MAP -> absent || value.isEmpty();
            case SINGLE ->
                field.pointer() || field.type() == GoType.Leaf.RAW
                    ? absent
                    : isScalar(field.type()) && (absent || isZero(value));
          };
    };
  }

  private static boolean isScalar(GoType type) {
    return switch (type) {
      case GoType.Object _ -> false;
      case GoType.Leaf leaf -> !leaf.isStruct();
    };
  }

  private static boolean isZero(JsonNode value) {
    return value.isTextual() && value.textValue().isEmpty()
        || value.isIntegralNumber() && value.longValue() == 0
        || value.isBoolean() && !value.booleanValue();
  }

  private void writeField(JsonNode value, GoType.Field field, String path) {
    if (isAbsent(value) && (field.pointer() || field.shape() != GoType.Shape.SINGLE)) {
      out.append("null");
      return;
    }
    switch (field.shape()) {
      case SINGLE -> write(value, field.type(), path);
      case LIST -> writeList(value, field.type(), path);
      case MAP -> writeMap(value, field.type(), path);
    }
  }

  private void writeList(JsonNode value, GoType element, String path) {
    fits(value.isArray(), path, "a list", value);
    out.append('[');
    for (int i = 0; i < value.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(value.get(i), element, path + "[" + i + "]");
    }
    out.append(']');
  }

  private void writeMap(JsonNode value, GoType element, String path) {
    fits(value.isObject(), path, "an object", value);
    TreeMap<String, JsonNode> sorted = new TreeMap<>(BYTES);
    value.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    char separator = '{';
    for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
      out.append(separator);
      separator = ',';
      GoText.quote(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), element, path + "." + entry.getKey());
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void write(JsonNode value, GoType type, String path) {
    switch (type) {
      case GoType.Object object -> writeObject(value, object, path);
      case GoType.Leaf leaf -> writeLeaf(value, leaf, path);
    }
  }

  private void writeLeaf(JsonNode value, GoType.Leaf leaf, String path) {
    boolean absent = isAbsent(value);
    switch (leaf) {
      case STRING -> {
        fits(absent || value.isTextual(), path, "a string", value);
        GoText.quote(absent ? "" : value.textValue(), out);
      }
      case BOOLEAN -> {
        fits(absent || value.isBoolean(), path, "true or false", value);
        out.append(!absent && value.booleanValue());
      }
      case INT32, INT64 -> {
        fits(absent || value.isIntegralNumber(), path, "a whole number", value);
        out.append(absent ? 0 : value.longValue());
      }
      case INT_OR_STRING -> {
        boolean text = value.isTextual();
        fits(absent || text || value.isIntegralNumber(), path, "a whole number or a string", value);
        if (text) {
          GoText.quote(value.textValue(), out);
        } else {
          out.append(absent ? 0 : value.longValue());
        }
      }
      case QUANTITY -> {
        fits(absent || value.isValueNode(), path, "a quantity", value);
        GoText.quote(absent ? "0" : Quantity.canonical(GoText.plain(value), named(path)), out);
      }
      case TIME -> writeTime(value, path);
      case RAW -> writeRaw(value);
    }
  }

  private void writeTime(JsonNode value, String path) {
    if (isAbsent(value)) {
      out.append("null");
      return;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value.asText());
      GoText.quote(SECONDS.format(time.withOffsetSameInstant(ZoneOffset.UTC)), out);
    } catch (DateTimeException unreadable) {
      fits(false, path, "a time as in RFC 3339", value);
    }
  }

  private void writeRaw(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> writeMap(value, GoType.Leaf.RAW, "");
      case ARRAY -> writeList(value, GoType.Leaf.RAW, "");
      case STRING -> GoText.quote(value.textValue(), out);
      case NUMBER -> out.append(GoText.number(value));
      case BOOLEAN -> out.append(value.booleanValue());
      default -> out.append("null");
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static void fits(boolean does, String path, String wanted, JsonNode value) {
    if (!does) {
      throw new IllegalArgumentException(named(path) + ": must be " + wanted + ", but is " + value);
    }
  }

  private static String named(String path) {
    return path.startsWith(".") ? path.substring(1) : path;
  }
}

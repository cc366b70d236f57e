package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/** The few ways in which this API server touches JSON. */
public final class Json {
  public static final ObjectMapper MAPPER = new ObjectMapper();

  // Jackson tells 1 (int) from 1 (long); to the API both are the same number.
  private static final Comparator<JsonNode> VALUES =
      (left, right) -> {
        if (left.equals(right)) {
          return 0;
        }
        boolean numbers = left.isNumber() && right.isNumber();
        return numbers ? left.decimalValue().compareTo(right.decimalValue()) : 1;
      };

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Whether two values are equal, whatever the order of fields and the width of numbers. */
  public static boolean same(JsonNode left, JsonNode right) {
    return left.equals(VALUES, right);
  }

  /** The text at a JSON pointer; empty where nothing is. */
  public static String text(JsonNode node, String pointer) {
    return node.at(pointer).asText("");
  }

  /** The object under a field, made when it is missing or something else. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode present ? present : parent.putObject(field);
  }

  /** Sets a field to a value, or takes the field away where the value is missing. */
  public static void put(ObjectNode parent, String field, JsonNode value) {
    if (value == null || value.isMissingNode()) {
      parent.remove(field);
    } else {
      parent.set(field, value);
    }
  }

  /** Removes every field that is null, at any depth: a typed server does not know null fields. */
  public static void dropNulls(JsonNode node) {
    for (Iterator<JsonNode> children = node.iterator(); children.hasNext(); ) {
      JsonNode child = children.next();
      if (child.isNull() && node.isObject()) {
        children.remove();
      } else {
        dropNulls(child);
      }
    }
  }

  /** The values in an array, or none. */
  public static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  public static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** A time as Kubernetes writes it: whole seconds, UTC. */
  public static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Reads one JSON object; anything else is a BadRequest that says what came instead. */
  public static ObjectNode readObject(byte[] bytes) {
    if (read(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the request body must be one JSON object");
  }

  public static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException unreadable) {
      throw ApiError.badRequest("the request body is not JSON: " + unreadable.getMessage());
    }
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree must be writable", impossible);
    }
  }

  /** A text in double quotes, escaped. */
  public static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }
}

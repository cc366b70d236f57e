package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cells that several kinds share. */
final class Cells {
  static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          "time since the object was created",
          0,
          age("/metadata/creationTimestamp"));
  static final Column NAME =
      new Column(
          "Name",
          "string",
          "name",
          "the object's name, unique in its namespace",
          0,
          (object, now) -> object.at("/metadata/name"));

  private Cells() {}

  static Column text(String name, Function<JsonNode, String> cell) {
    return column(name, "string", 0, object -> TextNode.valueOf(cell.apply(object)));
  }

  static Column wide(String name, Function<JsonNode, String> cell) {
    return column(name, "string", 1, object -> TextNode.valueOf(cell.apply(object)));
  }

  static Column number(String name, Function<JsonNode, Integer> cell) {
    return column(name, "integer", 0, object -> IntNode.valueOf(cell.apply(object)));
  }

  static Function<JsonNode, String> at(String pointer, String otherwise) {
    return object -> {
      String text = Json.text(object, pointer);
      return text.isEmpty() ? otherwise : text;
    };
  }

  static Function<JsonNode, Integer> count(String pointer) {
    return object -> object.at(pointer).asInt(0);
  }

  /** How long ago the time at a pointer was. */
  static Column.Cell age(String pointer) {
    return (object, now) -> TextNode.valueOf(age(Json.text(object, pointer), now));
  }

  static String age(String time, Instant now) {
    try {
      return HumanDuration.of(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeException notATime) {
      return "<unknown>";
    }
  }

  /** A custom kind's column, from its definition. */
  static Column custom(JsonNode definition) {
    JsonPath path = JsonPath.parse(definition.path("jsonPath").asText());
    String type = definition.path("type").asText("string");
    return new Column(
        definition.path("name").asText(),
        type,
        definition.path("format").asText(""),
        definition.path("description").asText(""),
        definition.path("priority").asInt(0),
        (object, now) -> value(path.find(object), type, now));
  }

  private static JsonNode value(List<JsonNode> found, String type, Instant now) {
    if (found.isEmpty()) {
      return NullNode.getInstance();
    }
    JsonNode first = found.getFirst();
    return switch (type) {
      case "date" -> TextNode.valueOf(age(first.asText(), now));
      case "string" ->
          TextNode.valueOf(found.stream().map(Cells::print).collect(Collectors.joining(",")));
      default -> first;
    };
  }

  private static String print(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static Column column(
      String name, String type, int priority, Function<JsonNode, JsonNode> cell) {
    return new Column(name, type, "", name, priority, (object, now) -> cell.apply(object));
  }
}

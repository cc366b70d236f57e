package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Something that a scenario does. */
sealed interface Input {

  /** Verbs of the plugin that change nothing. */
  Set<String> READING = Set.of("get", "list", "status");

  /** Creates or replaces an object. */
  record Apply(ObjectNode object) implements Input {}

  /** The same, where the API server may refuse. */
  record Try(ObjectNode object) implements Input {}

  /** Gives the first container another image. */
  record SetImage(String rollout, String image) implements Input {}

  /**
   * Patches an object.
   *
   * @param operations whether the body is a list of operations, otherwise it is merged
   * @param status whether it goes to the status subresource
   */
  record PatchObject(String kind, String name, boolean operations, boolean status, JsonNode body)
      implements Input {}

  /** Wants another number of pods. */
  record Scale(String rollout, int replicas) implements Input {}

  /** Deletes an object. */
  record Delete(String kind, String name) implements Input {}

  /** Lets time pass. */
  record Sleep(Duration time) implements Input {}

  /**
   * Calls the kubectl plugin.
   *
   * @param refused whether that is meant to fail
   */
  record Plugin(List<String> line, boolean refused) implements Input {

    /** Whether it asks for nothing but an answer. */
    boolean onlyReads() {
      return READING.contains(line.getFirst());
    }
  }

  /** Waits until something holds. */
  record Wait(Condition condition) implements Input {}

  /** Reads one entry of {@code do}: a field that says what, and its value. */
  static Input of(JsonNode entry) {
    String what = entry.fieldNames().next();
    JsonNode value = entry.get(what);
    return switch (what) {
      case "apply" -> new Apply((ObjectNode) value);
      case "try" -> new Try((ObjectNode) value);
      case "image" -> new SetImage(value.path("rollout").asText(), value.path("image").asText());
      case "patch" ->
          new PatchObject(
              value.path("kind").asText(),
              value.path("name").asText(),
              value.path("type").asText().equals("json"),
              value.path("subresource").asText().equals("status"),
              value.path("patch"));
      case "scale" -> new Scale(value.path("rollout").asText(), value.path("replicas").asInt());
      case "delete" -> new Delete(value.path("kind").asText(), value.path("name").asText());
      case "sleep" -> new Sleep(Duration.ofMillis(Math.round(value.asDouble() * 1000)));
      case "plugin" ->
          new Plugin(List.of(value.asText().split(" ")), entry.path("refused").asBoolean());
      case "wait" -> new Wait(Condition.of(value));
      default -> throw new IllegalArgumentException("no scenario can " + what);
    };
  }

  /** Reads a list of entries. */
  static List<Input> all(JsonNode entries) {
    return StreamSupport.stream(entries.spliterator(), false).flatMap(Input::each).toList();
  }

  // "apply" may hold a list.
  private static Stream<Input> each(JsonNode entry) {
    JsonNode applied = entry.path("apply");
    return applied.isArray()
        ? StreamSupport.stream(applied.spliterator(), false)
            .map(object -> new Apply((ObjectNode) object))
        : Stream.of(of(entry));
  }
}

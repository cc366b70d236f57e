package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of {@code golden}.
 *
 * @param name of the folder, also of the namespace in which it is played
 * @param objects that are there at the start
 * @param inputs what is done then, in order
 * @param recording what came of it
 */
record Scenario(String name, List<ObjectNode> objects, List<Input> inputs, Recording recording) {

  /** Where the provider was when the scenarios were recorded. */
  static final String RECORDED_PROVIDER = "127.0.0.1:19090";

  private static final YAMLMapper YAML = new YAMLMapper();

  /** The folders, by name. */
  static List<Path> folders(Path golden) {
    try (Stream<Path> all = Files.list(golden)) {
      return all.filter(folder -> Files.exists(folder.resolve("scenario.yaml"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + golden, e);
    }
  }

  /**
   * Reads a folder.
   *
   * @param provider host and port of the scripted metric provider
   */
  static Scenario read(Path folder, String provider) {
    try {
      String objects = Files.readString(folder.resolve("objects.yaml"));
      String inputs = Files.readString(folder.resolve("scenario.yaml"));
      try (var documents =
          YAML.readerFor(ObjectNode.class)
              .<ObjectNode>readValues(objects.replace(RECORDED_PROVIDER, provider))) {
        JsonNode scenario = YAML.readTree(inputs.replace(RECORDED_PROVIDER, provider));
        return new Scenario(
            folder.getFileName().toString(),
            documents.readAll(),
            Input.all(scenario.path("do")),
            Recording.read(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the scenario " + folder, e);
    }
  }

  /**
   * The same objects in another namespace, with other inputs.
   *
   * @param other the namespace
   * @param yaml the inputs, as {@code do} has them
   */
  Scenario playedAs(String other, String yaml) {
    try {
      return new Scenario(other, objects, Input.all(YAML.readTree(yaml)), recording);
    } catch (IOException e) {
      throw new UncheckedIOException("not a list of inputs: " + yaml, e);
    }
  }

  /** One of the objects, to be changed before it is played. */
  ObjectNode object(String kind, String called) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(called))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + called));
  }
}

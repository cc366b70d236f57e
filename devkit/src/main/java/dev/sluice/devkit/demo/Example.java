package dev.sluice.devkit.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifests of {@code deploy/examples/checkout-service}.
 *
 * @param objects in the order in which they are applied
 */
record Example(List<ObjectNode> objects) {

  private static final YAMLMapper YAML = new YAMLMapper();

  Example {
    objects = List.copyOf(objects);
  }

  /**
   * Reads the files.
   *
   * @param repository the folder of the whole project
   * @param withCanaryMemory whether the gates also ask for the memory of the canary alone, as the
   *     example's README says
   */
  static Example read(Path repository, boolean withCanaryMemory) {
    Path folder = repository.resolve("deploy/examples/checkout-service");
    var objects = new ArrayList<ObjectNode>();
    for (String file : List.of("namespace.yaml", "ingress.yaml", "checkout-service.yaml")) {
      objects.addAll(documents(folder.resolve(file)));
    }
    if (withCanaryMemory) {
      objects.addAll(documents(folder.resolve("leak-canary-memory.yaml")));
      JsonNode steps = tree(folder.resolve("patches/leak-steps.yaml"));
      objects.replaceAll(
          object -> isRollout(object) ? (ObjectNode) JsonPatch.apply(steps, object) : object);
    }
    return new Example(templatesFirst(objects));
  }

  /** The Rollout among the objects. */
  ObjectNode rollout() {
    return objects.stream().filter(Example::isRollout).findFirst().orElseThrow();
  }

  /** The image that the Rollout begins with. */
  String firstImage() {
    return rollout().at("/spec/template/spec/containers/0/image").asText();
  }

  private static boolean isRollout(JsonNode object) {
    return object.path("kind").asText().equals("Rollout");
  }

  /** A Rollout that comes before what it names would be invalid for a moment. */
  private static List<ObjectNode> templatesFirst(List<ObjectNode> objects) {
    var sorted = new ArrayList<>(objects.stream().filter(object -> !isRollout(object)).toList());
    sorted.addAll(objects.stream().filter(Example::isRollout).toList());
    return sorted;
  }

  private static List<ObjectNode> documents(Path file) {
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(Files.readString(file))) {
      return documents.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static JsonNode tree(Path file) {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

package dev.sluice.orchestrator.kubernetes.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped CustomResourceDefinitions without their CEL rules, which the devkit does not run. */
public final class Crds {

  private static final Path SHIPPED = Path.of("../deploy/crds");

  private Crds() {}

  /** A folder with them. */
  public static Path folder() {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      YAMLMapper yaml = new YAMLMapper();
      Path folder = Files.createTempDirectory("crds");
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        JsonNode definition = yaml.readTree(file.toFile());
        strip(definition);
        Path copy = folder.resolve(file.getFileName());
        yaml.writeValue(copy.toFile(), definition);
        copy.toFile().deleteOnExit();
      }
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void strip(JsonNode json) {
    switch (json) {
      case ObjectNode object -> {
        object.remove("x-kubernetes-validations");
        object.forEach(Crds::strip);
      }
      case ArrayNode array -> array.forEach(Crds::strip);
      default -> {}
    }
  }
}

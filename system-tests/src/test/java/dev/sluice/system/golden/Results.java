package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files from which a difference can be understood after all has ended. */
final class Results {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;

  Results(Path folder) {
    this.folder = folder;
  }

  void write(
      String scenario,
      List<Observed> log,
      Map<String, JsonNode> landmarks,
      List<String> violations,
      List<Difference> differences) {
    try {
      Path own = Files.createDirectories(folder.resolve(scenario));
      new YAMLMapper()
          .writeValue(own.resolve("landmarks.yaml").toFile(), Map.of("same", landmarks));
      Files.write(own.resolve("trace.jsonl"), log.stream().map(Results::line).toList());
      List<String> wrong = new ArrayList<>(violations);
      differences.forEach(difference -> wrong.add(difference.toString()));
      Files.write(own.resolve("differences.txt"), wrong);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the results of " + scenario, e);
    }
  }

  private static String line(Observed line) {
    ObjectNode written = MAPPER.createObjectNode();
    written.put("version", line.version());
    written.put("event", line.change().name());
    written.put("resource", line.resource());
    written.set("object", line.object());
    return written.toString();
  }
}

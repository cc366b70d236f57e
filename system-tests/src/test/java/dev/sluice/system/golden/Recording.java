package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.system.golden.Observed.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/**
 * What was recorded of a scenario.
 *
 * @param same landmarks that came out equal whenever it was played
 * @param varies for the others, what each time showed
 * @param lacks fields of a Rollout's status that the release which was recorded does not know
 */
record Recording(Map<String, JsonNode> same, Map<String, JsonNode> varies, Set<String> lacks) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Reads {@code landmarks.yaml} of a scenario's folder. */
  static Recording read(Path folder) {
    try {
      JsonNode file = new YAMLMapper().readTree(folder.resolve("landmarks.yaml").toFile());
      Set<String> lacks =
          StreamSupport.stream(file.path("lacks").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.toUnmodifiableSet());
      return new Recording(fields(file.path("same")), fields(file.path("varies")), lacks);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the landmarks of " + folder, e);
    }
  }

  /** Reads a packed log of watches; the order of its lines is the order of the changes. */
  static List<Observed> trace(Path file) {
    var log = new ArrayList<Observed>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode entry = MAPPER.readTree(line);
        if (entry.has("resource")) {
          log.add(
              new Observed(
                  log.size() + 1,
                  Change.valueOf(entry.path("event").asText()),
                  entry.path("resource").asText(),
                  entry.path("object")));
        }
      }
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the trace " + file, e);
    }
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}

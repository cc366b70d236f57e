package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a class of the client library cannot say of its fields; read from {@code fields.txt}. */
final class FieldTraits {
  private static final Map<String, List<String>> WORDS = read();

  private FieldTraits() {}

  /** Adds to a schema node what is known of a type, or of a field ({@code PodSpec.containers}). */
  static void addTo(ObjectNode node, String name) {
    for (String word : WORDS.getOrDefault(name, List.of())) {
      String[] parts = word.split("=", 2);
      switch (parts[0]) {
        case "atomic" ->
            node.put("x-kubernetes-" + (node.has("items") ? "list" : "map") + "-type", "atomic");
        case "set" -> node.put("x-kubernetes-list-type", "set");
        case "map" -> {
          node.put("x-kubernetes-list-type", "map");
          ArrayNode keys = node.putArray("x-kubernetes-list-map-keys");
          List.of(parts[1].split(",")).forEach(keys::add);
        }
        case "patch" -> {
          String[] how = parts[1].split(":", 2);
          node.put("x-kubernetes-patch-strategy", how[0]);
          if (how.length > 1) {
            node.put("x-kubernetes-patch-merge-key", how[1]);
          }
        }
        case "always" -> node.put(Schema.ALWAYS, true);
        case "default" -> node.put("default", parts[1]);
        default -> throw new IllegalStateException("fields.txt has an unknown word: " + word);
      }
    }
  }

  private static Map<String, List<String>> read() {
    try (InputStream file = FieldTraits.class.getResourceAsStream("fields.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .collect(
              Collectors.toUnmodifiableMap(List::getFirst, line -> line.subList(1, line.size())));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@code fieldRef.fieldPath}: paths into metadata as the downward API knows them, any other path
 * walks the object's JSON and ends at a single value.
 */
final class FieldPath {

  private static final Pattern ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['([^']*)'\\]");
  private static final Set<String> METADATA =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "metadata.labels",
          "metadata.annotations");
  private static final Pattern SEGMENT =
      Pattern.compile("\\.?([^.\\[\\]]+)|\\[([0-9]+)\\]|\\['([^']*)'\\]");

  private FieldPath() {}

  /** The value as text; empty where the path leads nowhere or not to a single value. */
  static Optional<String> read(JsonNode object, String path) {
    Matcher entry = ENTRY.matcher(path);
    if (entry.matches()) {
      // As the downward API: a label that is not there is empty.
      return Optional.of(
          object.path("metadata").path(entry.group(1)).path(entry.group(2)).asText(""));
    }
    if (path.startsWith("metadata") && !METADATA.contains(path)) {
      return Optional.empty();
    }
    JsonNode end = walk(object, path);
    if (path.equals("metadata.labels") || path.equals("metadata.annotations")) {
      return Optional.of(entries(end));
    }
    return end.isValueNode() && !end.isNull() ? Optional.of(end.asText()) : Optional.empty();
  }

  private static JsonNode walk(JsonNode object, String path) {
    JsonNode at = object;
    Matcher segment = SEGMENT.matcher(path);
    int end = 0;
    while (segment.find() && segment.start() == end) {
      end = segment.end();
      if (segment.group(2) != null) {
        at = at.path(Integer.parseInt(segment.group(2)));
      } else {
        at = at.path(segment.group(1) != null ? segment.group(1) : segment.group(3));
      }
    }
    return end == path.length() ? at : MissingNode.getInstance();
  }

  private static String entries(JsonNode map) {
    Map<String, String> sorted = new TreeMap<>();
    map.properties().forEach(each -> sorted.put(each.getKey(), each.getValue().toString()));
    return sorted.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("\n"));
  }
}

package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The JSON paths that printer columns use: fields, quoted fields, indexes, all items, and items
 * where a field equals a text. Others are refused when the definition is created.
 */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z0-9_-]+(?:\\\\\\.[A-Za-z0-9_/-]+)*)"
              + "|\\['([^']+)'\\]"
              + "|\\[(-?\\d+)\\]"
              + "|\\[(\\*)\\]"
              + "|\\[\\?\\(@\\.([A-Za-z0-9_]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

  private final List<UnaryOperator<Stream<JsonNode>>> steps;

  private JsonPath(List<UnaryOperator<Stream<JsonNode>>> steps) {
    this.steps = steps;
  }

  static JsonPath parse(String text) {
    List<UnaryOperator<Stream<JsonNode>>> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int position = 0;
    while (position < text.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw ApiError.notBuilt("the JSON path " + text + " of a printer column");
      }
      steps.add(step(matcher));
      position = matcher.end();
    }
    return new JsonPath(steps);
  }

  /** Every value that the path finds. */
  List<JsonNode> find(JsonNode root) {
    Stream<JsonNode> found = Stream.of(root);
    for (UnaryOperator<Stream<JsonNode>> step : steps) {
      found = step.apply(found);
    }
    return found.filter(value -> !value.isMissingNode() && !value.isNull()).toList();
  }

  private static UnaryOperator<Stream<JsonNode>> step(Matcher matcher) {
    if (matcher.group(1) != null) {
      String name = matcher.group(1).replace("\\.", ".");
      return nodes -> nodes.map(node -> node.path(name));
    }
    if (matcher.group(2) != null) {
      String name = matcher.group(2);
      return nodes -> nodes.map(node -> node.path(name));
    }
    if (matcher.group(3) != null) {
      int index = Integer.parseInt(matcher.group(3));
      return nodes -> nodes.map(node -> node.path(index < 0 ? node.size() + index : index));
    }
    if (matcher.group(4) != null) {
      return nodes -> nodes.flatMap(JsonPath::items);
    }
    String name = matcher.group(5);
    String value = matcher.group(6);
    return nodes ->
        nodes.flatMap(JsonPath::items).filter(item -> item.path(name).asText("").equals(value));
  }

  private static Stream<JsonNode> items(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}

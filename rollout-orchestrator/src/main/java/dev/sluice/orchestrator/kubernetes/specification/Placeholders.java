package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{args.name}}} in every text of a metric. Values are put into parsed JSON, so no
 * quote or line break in a value can change the metric's shape.
 */
final class Placeholders {

  private static final Pattern TAG = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final String ARGUMENT = "args.";

  private Placeholders() {}

  /** No value is known for a tag. */
  static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1;

    Unresolved(String tag) {
      super("failed to resolve {{" + tag + "}}", null, false, false);
    }
  }

  /**
   * A copy with all tags filled.
   *
   * @param values from an argument's name to its value
   */
  static JsonNode fill(JsonNode json, Function<String, Optional<String>> values) throws Unresolved {
    return switch (json) {
      case TextNode text -> TextNode.valueOf(fill(text.textValue(), values));
      case ArrayNode array -> {
        ArrayNode copy = array.arrayNode();
        for (JsonNode each : array) {
          copy.add(fill(each, values));
        }
        yield copy;
      }
      case ObjectNode object -> {
        ObjectNode copy = object.objectNode();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
          copy.set(fill(each.getKey(), values), fill(each.getValue(), values));
        }
        yield copy;
      }
      default -> json;
    };
  }

  private static String fill(String text, Function<String, Optional<String>> values)
      throws Unresolved {
    StringBuilder filled = new StringBuilder();
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      String name = tag.group(1).strip();
      Optional<String> value =
          name.startsWith(ARGUMENT)
              ? values.apply(name.substring(ARGUMENT.length()))
              : Optional.empty();
      tag.appendReplacement(
          filled, Matcher.quoteReplacement(value.orElseThrow(() -> new Unresolved(tag.group(1)))));
    }
    return tag.appendTail(filled).toString();
  }
}

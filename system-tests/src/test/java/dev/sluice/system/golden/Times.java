package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Moments and durations, of which only the presence can be compared. */
final class Times {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern MOMENT =
      Pattern.compile("T\\+-?\\d+|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Set<String> DURATIONS = Set.of("totalManualPauseDurationSeconds");
  private static final JsonNode SOME = TextNode.valueOf("some time");

  private Times() {}

  /** The same with every moment and duration replaced by one word. */
  static JsonNode byPresence(JsonNode value) {
    if (value.isTextual()) {
      return MOMENT.matcher(value.asText()).matches() ? SOME : value;
    }
    if (value.isArray()) {
      ArrayNode replaced = MAPPER.createArrayNode();
      value.forEach(element -> replaced.add(byPresence(element)));
      return replaced;
    }
    if (value.isObject()) {
      ObjectNode replaced = MAPPER.createObjectNode();
      value
          .properties()
          .forEach(field ->
              replaced.set(
                  field.getKey(),
                  DURATIONS.contains(field.getKey()) ? SOME : byPresence(field.getValue())));
      return replaced;
    }
    return value;
  }
}

package dev.sluice.devkit.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One word of a script, as it goes over the wire.
 *
 * @param status of HTTP
 */
record ScriptedReply(int status, String body) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SCALAR = "scalar:";

  /**
   * What Prometheus answers.
   *
   * @param word a number, or one of {@code NaN empty two scalar:V error 500}
   * @param time of the samples, in seconds
   */
  static ScriptedReply toQuery(String word, double time) {
    if (word.startsWith(SCALAR)) {
      return success("scalar", sample(time, word.substring(SCALAR.length())));
    }
    return switch (word) {
      case "empty" -> success("vector", MAPPER.createArrayNode());
      case "two" -> success("vector", vector(time, "1", "2"));
      case "error" -> failure(400, "bad_data", "invalid expression");
      // Its own client does not read this body: it says "server_error: server error: 500".
      case "500" -> failure(500, "internal", "scripted");
      default -> success("vector", vector(time, word));
    };
  }

  /** What a web metric gets: {@code [STATUS, BODY]} or a body; a text goes out without quotes. */
  static ScriptedReply toWeb(JsonNode element) {
    return element.isArray()
        ? new ScriptedReply(element.path(0).asInt(), text(element.path(1)))
        : new ScriptedReply(200, text(element));
  }

  static ScriptedReply failure(int status, String type, String error) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("status", "error").put("errorType", type).put("error", error);
    return new ScriptedReply(status, body.toString());
  }

  private static ScriptedReply success(String type, JsonNode result) {
    ObjectNode body = MAPPER.createObjectNode().put("status", "success");
    body.putObject("data").put("resultType", type).set("result", result);
    return new ScriptedReply(200, body.toString());
  }

  /** One series for each value; they differ by a label, as series must. */
  private static ArrayNode vector(double time, String... values) {
    ArrayNode vector = MAPPER.createArrayNode();
    for (String value : values) {
      ObjectNode series = vector.addObject();
      ObjectNode labels = series.putObject("metric");
      if (values.length > 1) {
        labels.put("series", Integer.toString(vector.size()));
      }
      series.set("value", sample(time, value));
    }
    return vector;
  }

  private static ArrayNode sample(double time, String value) {
    return MAPPER.createArrayNode().add(time).add(value);
  }

  private static String text(JsonNode body) {
    return body.isTextual() ? body.textValue() : body.toString();
  }
}

package dev.sluice.metrics.plugin;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginPhase;
import dev.sluice.metrics.PluginReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the answer of a plugin says. Fields that are not known are ignored; what is known and
 * malformed says nothing about the step.
 */
final class PluginResponse {

  private static final int LONGEST_MESSAGE = 1_000;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private PluginResponse() {}

  static PluginReply read(int status, byte[] body) {
    if (status / 100 != 2) {
      return PluginReply.error("the plugin answered with status " + status);
    }
    JsonNode json;
    try {
      json = MessageCodec.mapper().readTree(body);
    } catch (JacksonException e) {
      return PluginReply.error("the plugin's answer is no JSON");
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen on bytes in memory", e);
    }
    if (!(json instanceof ObjectNode)) {
      return PluginReply.error("the plugin's answer is no JSON object");
    }
    Optional<PluginPhase> phase = phase(json.path("phase").asText());
    if (phase.isEmpty()) {
      return PluginReply.error(
          "the plugin's answer has phase '%s': it is Running, Successful, Failed or Error"
              .formatted(cut(json.path("phase").asText())));
    }
    JsonNode own = json.path("status");
    String text = own.isMissingNode() || own.isNull() ? null : own.toString();
    if (text != null && text.length() > PluginAnswer.LARGEST_STATUS) {
      return PluginReply.error(
          "the plugin's status has %d characters: %d are the most"
              .formatted(text.length(), PluginAnswer.LARGEST_STATUS));
    }
    JsonNode after = json.path("requeueAfterSeconds");
    if (!after.isMissingNode() && !isPause(after)) {
      return PluginReply.error("the plugin's requeueAfterSeconds is no number of seconds in a day");
    }
    return new PluginReply(
        phase.get(),
        cut(json.path("message").asText()),
        after.isMissingNode() ? null : Duration.ofSeconds(after.asLong()),
        text);
  }

  private static boolean isPause(JsonNode seconds) {
    return seconds.isIntegralNumber()
        && seconds.canConvertToLong()
        && seconds.asLong() >= 0
        && seconds.asLong() <= LONGEST_PAUSE.toSeconds();
  }

  private static Optional<PluginPhase> phase(String text) {
    return Arrays.stream(PluginPhase.values()).filter(p -> p.text().equals(text)).findFirst();
  }

  private static String cut(String told) {
    // A database keeps no text with a zero in it.
    String text = told.replace("\0", "");
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}

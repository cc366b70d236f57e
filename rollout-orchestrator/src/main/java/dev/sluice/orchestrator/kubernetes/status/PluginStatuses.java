package dev.sluice.orchestrator.kubernetes.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.events.MessageCodec;
import dev.sluice.orchestrator.Plugins.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code canary.stepPluginStatuses}, with Argo Rollouts' fields. */
final class PluginStatuses {

  private PluginStatuses() {}

  static ArrayNode of(List<Work> works) {
    ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
    works.forEach(work -> fill(statuses.addObject(), work));
    return statuses;
  }

  private static void fill(ObjectNode status, Work work) {
    status.put("index", work.step());
    status.put("name", work.plugin().name());
    status.put("operation", work.operation().text());
    status.put("phase", work.phase().text());
    if (!work.message().isEmpty()) {
      status.put("message", work.message());
    }
    putTime(status, "startedAt", work.startedAt());
    putTime(status, "updatedAt", work.updatedAt());
    putTime(status, "finishedAt", work.finishedAt());
    if (!work.backoff().isZero()) {
      status.put("backoff", goDuration(work.backoff()));
    }
    if (work.executions() > 0) {
      status.put("executions", work.executions());
    }
    if (work.plugin().disabled()) {
      status.put("disabled", true);
    }
    if (work.status() != null) {
      status.set("status", json(work.status()));
    }
  }

  private static void putTime(ObjectNode status, String name, Instant time) {
    if (time != null) {
      status.put(name, StatusProjection.seconds(time));
    }
  }

  /** As Go writes it: {@code 30s}, {@code 1m30s}, {@code 2h0m0s}. */
  static String goDuration(Duration duration) {
    String seconds = duration.toSecondsPart() + "s";
    if (duration.toMinutes() == 0) {
      return seconds;
    }
    String minutes = duration.toMinutesPart() + "m" + seconds;
    return duration.toHours() == 0 ? minutes : duration.toHours() + "h" + minutes;
  }

  private static JsonNode json(String text) {
    try {
      return MessageCodec.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}

package dev.sluice.orchestrator.kubernetes.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.orchestrator.StatusView;
import java.time.Instant;
import java.util.List;

/**
 * When conditions changed: {@code lastTransitionTime} moves with the condition's status, {@code
 * lastUpdateTime} with anything about it, and that of Progressing with each progress.
 */
final class ConditionTimes {

  private static final String PROGRESSING = "Progressing";

  private ConditionTimes() {}

  static ArrayNode merge(
      List<StatusView.Condition> conditions, JsonNode before, Instant progressedAt, Instant now) {
    ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    for (StatusView.Condition condition : conditions) {
      merged.add(merge(condition, find(before, condition.type()), progressedAt, now));
    }
    return merged;
  }

  private static ObjectNode merge(
      StatusView.Condition condition, JsonNode before, Instant progressedAt, Instant now) {
    boolean sameStatus = condition.status().equals(before.path("status").asText());
    boolean same =
        sameStatus
            && condition.reason().equals(before.path("reason").asText())
            && condition.message().equals(before.path("message").asText());
    String time = StatusProjection.seconds(now);
    String updated = same ? before.path("lastUpdateTime").asText(time) : time;
    String progressed = StatusProjection.seconds(progressedAt);
    if (condition.type().equals(PROGRESSING) && progressed.compareTo(updated) > 0) {
      updated = progressed;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", condition.type())
        .put("status", condition.status())
        .put("reason", condition.reason())
        .put("message", condition.message())
        .put("lastUpdateTime", updated)
        .put(
            "lastTransitionTime",
            sameStatus ? before.path("lastTransitionTime").asText(time) : time);
  }

  private static JsonNode find(JsonNode status, String type) {
    for (JsonNode each : status.path("conditions")) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }
}

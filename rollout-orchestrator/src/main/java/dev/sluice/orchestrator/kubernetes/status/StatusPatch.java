package dev.sluice.orchestrator.kubernetes.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON merge patch from the status that is there to the one that is wanted. Members that Sluice
 * does not answer for stay; one that says the same as nothing (false, 0, empty) is left as it is.
 */
public final class StatusPatch {

  private static final String CONDITIONS = "conditions";

  /** All that Sluice answers for. */
  private static final List<String> OURS =
      List.of(
          "abort",
          "abortedAt",
          "pauseConditions",
          "controllerPause",
          "currentPodHash",
          "currentStepHash",
          "replicas",
          "updatedReplicas",
          "readyReplicas",
          "availableReplicas",
          "HPAReplicas",
          "currentStepIndex",
          "observedGeneration",
          CONDITIONS,
          "canary",
          "blueGreen",
          "selector",
          "stableRS",
          "promoteFull",
          "restartedAt",
          "phase",
          "message",
          "duration",
          "workloadObservedGeneration");

  private StatusPatch() {}

  /** What to send; empty where nothing is to be changed. */
  public static ObjectNode between(JsonNode seen, ObjectNode wanted) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (String name : OURS) {
      compare(patch, name, seen.path(name), wanted.path(name));
    }
    return isOnlyTimes(patch, seen) ? JsonNodeFactory.instance.objectNode() : patch;
  }

  // When something last progressed is worth showing with other news, and no news by itself. Nor is
  // the order in which another controller wrote the conditions.
  private static boolean isOnlyTimes(ObjectNode patch, JsonNode seen) {
    return patch.size() == 1
        && patch.has(CONDITIONS)
        && withoutUpdateTimes(patch.path(CONDITIONS))
            .equals(withoutUpdateTimes(seen.path(CONDITIONS)));
  }

  private static Map<String, JsonNode> withoutUpdateTimes(JsonNode conditions) {
    Map<String, JsonNode> byType = new HashMap<>();
    for (JsonNode each : conditions.deepCopy()) {
      if (each instanceof ObjectNode condition) {
        condition.remove("lastUpdateTime");
      }
      byType.put(each.path("type").asText(), each);
    }
    return byType;
  }

  private static void compare(ObjectNode patch, String name, JsonNode seen, JsonNode wanted) {
    if (wanted.isMissingNode()) {
      if (!saysNothing(seen)) {
        patch.putNull(name);
      }
    } else if (seen.isObject() && wanted.isObject()) {
      ObjectNode inner = JsonNodeFactory.instance.objectNode();
      wanted
          .properties()
          .forEach(
              each -> compare(inner, each.getKey(), seen.path(each.getKey()), each.getValue()));
      for (Map.Entry<String, JsonNode> each : seen.properties()) {
        if (!wanted.has(each.getKey())) {
          compare(inner, each.getKey(), each.getValue(), wanted.path(each.getKey()));
        }
      }
      if (!inner.isEmpty()) {
        patch.set(name, inner);
      }
    } else if (!isSame(seen, wanted)) {
      patch.set(name, wanted);
    }
  }

  // 5 is 5, whichever Java type a parser chose for it, and however an API server writes it; what a
  // plugin says of itself may hold anything.
  private static boolean isSame(JsonNode seen, JsonNode wanted) {
    if (seen.isNumber() && wanted.isNumber()) {
      return seen.doubleValue() == wanted.doubleValue();
    }
    if (seen.isArray() && wanted.isArray()) {
      boolean same = seen.size() == wanted.size();
      for (int i = 0; same && i < seen.size(); i++) {
        same = isSame(seen.get(i), wanted.get(i));
      }
      return same;
    }
    if (seen.isObject() && wanted.isObject()) {
      Set<String> names = new HashSet<>();
      seen.fieldNames().forEachRemaining(names::add);
      wanted.fieldNames().forEachRemaining(names::add);
      return names.stream().allMatch(name -> isSame(seen.path(name), wanted.path(name)));
    }
    return seen.equals(wanted) || isAbsent(seen) && isAbsent(wanted);
  }

  private static boolean isAbsent(JsonNode json) {
    return json.isMissingNode() || json.isNull();
  }

  private static boolean saysNothing(JsonNode json) {
    return json.isMissingNode()
        || json.isNull()
        || (json.isContainerNode()
            ? json.isEmpty()
            : json.isNumber() && json.decimalValue().signum() == 0
                || json.isBoolean() && !json.booleanValue()
                || json.isTextual() && json.textValue().isEmpty());
  }
}

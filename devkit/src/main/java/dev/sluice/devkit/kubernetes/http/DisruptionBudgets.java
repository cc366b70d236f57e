package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import java.util.Map;
import java.util.Set;

/**
 * What a PodDisruptionBudget says to an eviction. Nobody here counts: its status stands as somebody
 * writes it, and one without status allows nothing yet.
 */
final class DisruptionBudgets {
  private static final Set<String> IGNORED = Set.of("Pending", "Succeeded", "Failed");

  private final ObjectStore store;

  DisruptionBudgets(ObjectStore store) {
    this.store = store;
  }

  /** Refuses where a budget of the pod's namespace allows no disruption. */
  void check(ObjectNode pod) {
    boolean counts =
        !IGNORED.contains(Json.text(pod, "/status/phase"))
            && !pod.path("metadata").has("deletionTimestamp");
    if (counts) {
      store
          .list(BuiltInKinds.DISRUPTION_BUDGET.resource(), Json.text(pod, "/metadata/namespace"))
          .stream()
          .filter(budget -> selects(budget.at("/spec/selector/matchLabels"), pod))
          .filter(budget -> isReady(pod) || !isHealthy(budget.path("status")))
          .forEach(DisruptionBudgets::refuse);
    }
  }

  /** A pod that does not work anyway may go where enough others do. */
  private static boolean isHealthy(JsonNode status) {
    int desired = status.path("desiredHealthy").asInt();
    return desired > 0 && status.path("currentHealthy").asInt() >= desired;
  }

  private static boolean isReady(ObjectNode pod) {
    return Json.items(pod.at("/status/conditions")).stream()
        .filter(condition -> Json.text(condition, "/type").equals("Ready"))
        .anyMatch(condition -> Json.text(condition, "/status").equals("True"));
  }

  private static boolean selects(JsonNode wanted, ObjectNode pod) {
    JsonNode labels = pod.at("/metadata/labels");
    for (Map.Entry<String, JsonNode> label : wanted.properties()) {
      if (!label.getValue().equals(labels.path(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static void refuse(ObjectNode budget) {
    String name = Json.text(budget, "/metadata/name");
    JsonNode status = budget.path("status");
    if (status.path("observedGeneration").asLong() < budget.at("/metadata/generation").asLong()) {
      throw ApiError.disrupts(
          "The disruption budget %s is still being processed by the server.".formatted(name), 10);
    }
    if (status.path("disruptionsAllowed").asInt() == 0) {
      throw ApiError.disrupts(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  status.path("desiredHealthy").asInt(),
                  status.path("currentHealthy").asInt()),
          0);
    }
  }
}

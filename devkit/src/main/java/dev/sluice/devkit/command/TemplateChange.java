package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** What gives a Rollout another pod template. */
final class TemplateChange {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REVISION = "rollout.argoproj.io/revision";
  private static final String POD_HASH = "rollouts-pod-template-hash";
  private static final String CONTAINERS = "/spec/template/spec/containers";

  private TemplateChange() {}

  /**
   * Brings the template of an earlier ReplicaSet back.
   *
   * @param replicaSets all of the namespace
   * @param revision 0 for the one before the newest
   */
  static List<Patch> undo(JsonNode rollout, List<JsonNode> replicaSets, int revision) {
    refuseReference(rollout);
    String uid = rollout.at("/metadata/uid").asText();
    List<JsonNode> newestFirst =
        replicaSets.stream()
            .filter(set -> isOwnedBy(set, uid) && revision(set) > 0)
            .sorted(Comparator.comparingInt(TemplateChange::revision).reversed())
            .toList();
    JsonNode wanted =
        newestFirst.stream()
            .skip(revision == 0 ? 1 : 0)
            .filter(set -> revision == 0 || revision(set) == revision)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    revision == 0
                        ? "no revision found to undo to"
                        : "unable to find specified revision " + revision + " in history"));
    ObjectNode template = wanted.at("/spec/template").deepCopy();
    if (template.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(POD_HASH);
    }
    ArrayNode operations = MAPPER.createArrayNode();
    operations
        .addObject()
        .put("op", "replace")
        .put("path", "/spec/template")
        .set("value", template);
    return List.of(new Patch(Patch.Form.OPERATIONS, operations.toString()));
  }

  /**
   * Sets images; the patch is refused where the containers have moved meanwhile.
   *
   * @param container {@code *} for all
   */
  static List<Patch> setImage(JsonNode rollout, String container, String image) {
    refuseReference(rollout);
    ArrayNode operations = MAPPER.createArrayNode();
    JsonNode containers = rollout.at(CONTAINERS);
    for (int i = 0; i < containers.size(); i++) {
      String name = containers.get(i).path("name").asText();
      if (container.equals("*") || container.equals(name)) {
        String path = CONTAINERS + "/" + i;
        operations.addObject().put("op", "test").put("path", path + "/name").put("value", name);
        operations
            .addObject()
            .put("op", "replace")
            .put("path", path + "/image")
            .put("value", image);
      }
    }
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("unable to find container named \"" + container + "\"");
    }
    return List.of(new Patch(Patch.Form.OPERATIONS, operations.toString()));
  }

  private static void refuseReference(JsonNode rollout) {
    if (rollout.at("/spec/workloadRef").isObject()) {
      throw new IllegalArgumentException("the template is another workload's; change it there");
    }
  }

  private static boolean isOwnedBy(JsonNode replicaSet, String uid) {
    for (JsonNode owner : replicaSet.at("/metadata/ownerReferences")) {
      if (owner.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }

  private static int revision(JsonNode replicaSet) {
    return replicaSet.at("/metadata/annotations").path(REVISION).asInt();
  }
}

package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.command.Command.Situation;
import java.util.Comparator;
import java.util.List;

/** What gives a Rollout another pod template: where it refers to a workload, a change of that. */
final class TemplateChange {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REVISION = "rollout.argoproj.io/revision";
  private static final String POD_HASH = "rollouts-pod-template-hash";

  private TemplateChange() {}

  /**
   * Brings the template of an earlier ReplicaSet back.
   *
   * @param revision 0 for the one before the newest
   */
  static List<Patch> undo(Situation situation, int revision) {
    String uid = situation.object().at("/metadata/uid").asText();
    List<JsonNode> newestFirst =
        situation.replicaSets().stream()
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
        .put("path", template(situation))
        .set("value", template);
    return patches(situation, operations);
  }

  /**
   * Sets images; the patch is refused where the containers have moved meanwhile.
   *
   * @param container {@code *} for all
   */
  static List<Patch> setImage(Situation situation, String container, String image) {
    ArrayNode operations = MAPPER.createArrayNode();
    String list = template(situation) + "/spec/containers";
    JsonNode containers = holder(situation).at(list);
    for (int i = 0; i < containers.size(); i++) {
      String name = containers.get(i).path("name").asText();
      if (container.equals("*") || container.equals(name)) {
        String path = list + "/" + i;
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
    return patches(situation, operations);
  }

  private static List<Patch> patches(Situation situation, ArrayNode operations) {
    Patch.Form form =
        situation.workload().isMissingNode()
            ? Patch.Form.OPERATIONS
            : Patch.Form.WORKLOAD_OPERATIONS;
    return List.of(new Patch(form, operations.toString()));
  }

  private static JsonNode holder(Situation situation) {
    if (!situation.workload().isMissingNode()) {
      return situation.workload();
    }
    JsonNode reference = situation.object().at("/spec/workloadRef");
    if (reference.isObject()) {
      throw new IllegalArgumentException(
          "there is no %s '%s'"
              .formatted(reference.path("kind").asText(), reference.path("name").asText()));
    }
    return situation.object();
  }

  // A PodTemplate is one; the others have one.
  private static String template(Situation situation) {
    return holder(situation).path("kind").asText().equals("PodTemplate")
        ? "/template"
        : "/spec/template";
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

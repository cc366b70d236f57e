package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Edits;
import dev.sluice.orchestrator.Push;
import dev.sluice.orchestrator.kubernetes.specification.Annotations;
import dev.sluice.orchestrator.kubernetes.specification.Images;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Changes of a Rollout's specification, as JSON patches that test which version they are for. Pure.
 */
final class SpecificationPatch {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SpecificationPatch() {}

  /** Nothing is to be changed. */
  static ArrayNode none() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** What a push asks for; nothing where no container has its repository. */
  static ArrayNode of(Rollout manifest, Push push) {
    ArrayNode changes =
        images(
            manifest,
            each -> Images.repositoryOf(each.path("image").asText()).equals(push.repository()),
            push.image());
    return marked(manifest, changes, Annotations.PUSHED_BY, push.id());
  }

  /**
   * What a command asks for; nothing where that is not there any more.
   *
   * @param replicaSets that the Rollout owns
   */
  static ArrayNode of(Rollout manifest, Edits.Requested requested, List<ReplicaSet> replicaSets) {
    ArrayNode changes =
        switch (requested.edit()) {
          case Edit.Pause(boolean paused) -> add("/spec/paused", BooleanNode.valueOf(paused));
          case Edit.Restart(Instant at) -> add("/spec/restartAt", TextNode.valueOf(at.toString()));
          case Edit.Template.Undo(int revision) -> undo(replicaSets, revision);
          case Edit.Template.SetImage image ->
              images(manifest, each -> image.isFor(each.path("name").asText()), image.image());
        };
    return marked(manifest, changes, Annotations.CHANGED_BY, requested.command());
  }

  private static ArrayNode undo(List<ReplicaSet> replicaSets, int revision) {
    return replicaSets.stream()
        .filter(each -> ClusterReader.revision(each.getMetadata().getAnnotations()) == revision)
        .findFirst()
        .map(each -> add("/spec/template", template(each)))
        .orElseGet(SpecificationPatch::none);
  }

  private static ObjectNode template(ReplicaSet replicaSet) {
    ObjectNode template = MAPPER.valueToTree(replicaSet.getSpec().getTemplate());
    if (template.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(Api.POD_TEMPLATE_HASH_LABEL);
    }
    return template;
  }

  private static ArrayNode images(Rollout manifest, Predicate<JsonNode> concerned, String image) {
    ArrayNode changes = none();
    // The template may have become another workload's since.
    JsonNode containers =
        manifest.getSpec().template == null
            ? MissingNode.getInstance()
            : manifest.getSpec().template.at("/spec/containers");
    for (int i = 0; i < containers.size(); i++) {
      if (concerned.test(containers.get(i))) {
        changes
            .addObject()
            .put("op", "replace")
            .put("path", "/spec/template/spec/containers/" + i + "/image")
            .put("value", image);
      }
    }
    return changes;
  }

  private static ArrayNode add(String path, JsonNode value) {
    ArrayNode changes = none();
    changes.addObject().put("op", "add").put("path", path).set("value", value);
    return changes;
  }

  private static ArrayNode marked(Rollout manifest, ArrayNode changes, String mark, String value) {
    if (changes.isEmpty()) {
      return changes;
    }
    ArrayNode patch = none();
    patch
        .addObject()
        .put("op", "test")
        .put("path", "/metadata/resourceVersion")
        .put("value", manifest.getMetadata().getResourceVersion());
    patch.addAll(changes);
    Map<String, String> annotations = manifest.getMetadata().getAnnotations();
    if (annotations == null || annotations.isEmpty()) {
      patch.addObject().put("op", "add").put("path", "/metadata/annotations").putObject("value");
    }
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/metadata/annotations/" + mark.replace("/", "~1"))
        .put("value", value);
    return patch;
  }
}

package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Push;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.specification.Images;
import dev.sluice.orchestrator.kubernetes.specification.TemplateHash;
import java.util.Map;

/** Writes an accepted image push into the pod template, by digest. */
final class ImageWriter {

  /** On a Rollout: the push that its image comes from. */
  static final String PUSHED_BY = "sluice.dev/pushed-by";

  private final ClusterObjects objects;
  private final Writes writes;

  ImageWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Writes the image that is still missing; says whether one was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    Push push = subject.state().push();
    Rollout manifest = subject.manifest();
    if (!push.pending()
        || !subject.state().problem().isEmpty()
        || !podHash(subject).equals(push.basePodHash())) {
      return false;
    }
    ArrayNode patch = patch(manifest, push);
    if (patch.isEmpty()) {
      return false;
    }
    subject.requireCurrent();
    Rollout written = writes.patch(manifest, patch);
    subject.wrote(written);
    objects.rollouts.wrote(written);
    return true;
  }

  private String podHash(Subject subject) {
    return TemplateHash.of(
        subject.manifest(), objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid()));
  }

  /** The JSON patch; empty where no container has the repository. */
  static ArrayNode patch(Rollout manifest, Push push) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    patch
        .addObject()
        .put("op", "test")
        .put("path", "/metadata/resourceVersion")
        .put("value", manifest.getMetadata().getResourceVersion());
    JsonNode containers = manifest.getSpec().template.path("spec").path("containers");
    for (int i = 0; i < containers.size(); i++) {
      if (Images.repositoryOf(containers.get(i).path("image").asText()).equals(push.repository())) {
        patch
            .addObject()
            .put("op", "replace")
            .put("path", "/spec/template/spec/containers/" + i + "/image")
            .put("value", push.image());
      }
    }
    if (patch.size() == 1) {
      return patch.removeAll();
    }
    Map<String, String> annotations = manifest.getMetadata().getAnnotations();
    if (annotations == null || annotations.isEmpty()) {
      patch.addObject().put("op", "add").put("path", "/metadata/annotations").putObject("value");
    }
    patch
        .addObject()
        .put("op", "add")
        .put("path", "/metadata/annotations/" + PUSHED_BY.replace("/", "~1"))
        .put("value", push.id());
    return patch;
  }
}

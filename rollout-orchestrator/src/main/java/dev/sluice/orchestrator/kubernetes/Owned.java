package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.events.Fence;
import dev.sluice.orchestrator.kubernetes.specification.Annotations;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What all objects that belong to a Rollout have in common. */
final class Owned {

  /** On each object that we write: the decision that the write follows. */
  static final String FENCE = "sluice.dev/fence";

  // Argo Rollouts' list, and what our own decisions write on the Rollout.
  private static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          Api.REVISION,
          Api.REVISION_HISTORY,
          Api.DESIRED_REPLICAS,
          Api.WORKLOAD_GENERATION,
          "notified.notifications.argoproj.io",
          FENCE,
          Annotations.PUSHED_BY,
          Annotations.CHANGED_BY);

  private Owned() {}

  static OwnerReference by(Rollout rollout) {
    return new OwnerReferenceBuilder()
        .withApiVersion(Api.API_VERSION)
        .withKind("Rollout")
        .withName(rollout.getMetadata().getName())
        .withUid(rollout.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /** The annotations of a Rollout that its newest ReplicaSet has, too. */
  static Map<String, String> copiedAnnotations(Rollout rollout) {
    Map<String, String> copied = new TreeMap<>();
    if (rollout.getMetadata().getAnnotations() != null) {
      copied.putAll(rollout.getMetadata().getAnnotations());
    }
    copied.keySet().removeAll(NOT_COPIED);
    return copied;
  }

  static String fence(dev.sluice.orchestrator.Rollout state) {
    Fence fence = state.fence();
    return fence.toString();
  }

  /** What marks a run or an experiment of ours to end. */
  static ObjectNode end(dev.sluice.orchestrator.Rollout state) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(FENCE, fence(state));
    patch.putObject("spec").put("terminate", true);
    return patch;
  }
}

package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.PodTemplateDefaults;
import dev.sluice.crd.PodTemplateHash;
import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.Comparator;

/**
 * By which hash a Rollout's pod template goes: that of the ReplicaSet which has this template
 * already, otherwise its own. A template can come back in other words: an undo copies it out of a
 * ReplicaSet, with everything that the API server had added.
 */
public final class TemplateHash {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TemplateHash() {}

  /**
   * Finds it.
   *
   * @param replicaSets that the Rollout owns
   */
  public static String of(Rollout rollout, Collection<ReplicaSet> replicaSets) {
    String own =
        PodTemplateHash.of(
            rollout.getSpec().template,
            rollout.getStatus() == null ? null : rollout.getStatus().collisionCount);
    boolean isTaken = replicaSets.stream().anyMatch(set -> hash(set).equals(own));
    return isTaken
        ? own
        : replicaSets.stream()
            .filter(set -> !hash(set).isEmpty())
            .filter(set -> hasTemplate(set, rollout.getSpec().template))
            .min(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
            .map(TemplateHash::hash)
            .orElse(own);
  }

  private static boolean hasTemplate(ReplicaSet replicaSet, ObjectNode template) {
    ObjectNode its = MAPPER.valueToTree(replicaSet.getSpec().getTemplate());
    return PodTemplateDefaults.sameTemplate(template, its);
  }

  private static String hash(ReplicaSet replicaSet) {
    return replicaSet.getMetadata().getLabels() == null
        ? ""
        : replicaSet.getMetadata().getLabels().getOrDefault(Api.POD_TEMPLATE_HASH_LABEL, "");
  }
}

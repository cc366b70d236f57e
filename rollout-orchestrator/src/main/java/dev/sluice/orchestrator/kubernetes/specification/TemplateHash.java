package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.PodTemplateDefaults;
import dev.sluice.crd.PodTemplateHash;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.injection.AntiAffinityRule;
import dev.sluice.orchestrator.kubernetes.injection.InjectedMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.Comparator;

/**
 * By which hash a Rollout's pod template goes: that of the ReplicaSet which has this template
 * already, otherwise its own. The name can be older than the rule by which hashes are made now. And
 * a template can come back in other words: an undo copies it out of a ReplicaSet, with everything
 * that the API server and controllers had added.
 */
public final class TemplateHash {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Comparator<ReplicaSet> BY_AGE =
      Comparator.<ReplicaSet, String>comparing(set -> set.getMetadata().getCreationTimestamp())
          .thenComparing(set -> set.getMetadata().getName());

  private TemplateHash() {}

  /**
   * Finds it.
   *
   * @param replicaSets that the Rollout owns
   */
  public static String of(Rollout rollout, Collection<ReplicaSet> replicaSets) {
    ObjectNode template = rollout.getSpec().template;
    Integer collisions = rollout.getStatus() == null ? null : rollout.getStatus().collisionCount;
    String own = PodTemplateHash.of(template, collisions);
    if (isTaken(own, replicaSets)) {
      return own;
    }
    String earlier = PodTemplateHash.upTo18(template, collisions);
    return isTaken(earlier, replicaSets)
        ? earlier
        : replicaSets.stream()
            .filter(set -> !hash(set).isEmpty())
            .sorted(BY_AGE)
            .filter(set -> hasTemplate(set, template))
            .map(TemplateHash::hash)
            .findFirst()
            .orElse(own);
  }

  private static boolean isTaken(String hash, Collection<ReplicaSet> replicaSets) {
    return replicaSets.stream().anyMatch(set -> hash(set).equals(hash));
  }

  private static boolean hasTemplate(ReplicaSet replicaSet, ObjectNode template) {
    InjectedMetadata injected = InjectedMetadata.of(replicaSet);
    ObjectNode its = MAPPER.valueToTree(replicaSet.getSpec().getTemplate());
    return PodTemplateDefaults.sameTemplate(
        asWritten(template.deepCopy(), injected), asWritten(its, injected));
  }

  private static ObjectNode asWritten(ObjectNode template, InjectedMetadata injected) {
    injected.removeFrom(template);
    AntiAffinityRule.removeFrom(template);
    return template;
  }

  private static String hash(ReplicaSet replicaSet) {
    return replicaSet.getMetadata().getLabels() == null
        ? ""
        : replicaSet.getMetadata().getLabels().getOrDefault(Api.POD_TEMPLATE_HASH_LABEL, "");
  }
}

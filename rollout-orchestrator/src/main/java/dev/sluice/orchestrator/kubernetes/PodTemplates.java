package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.PodRole;
import dev.sluice.orchestrator.kubernetes.injection.AntiAffinityRule;
import dev.sluice.orchestrator.kubernetes.injection.InjectedMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/** The pod templates of ReplicaSets: what the user wrote, and what is injected. Pure. */
final class PodTemplates {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PodTemplates() {}

  /** The user's template with all that the pods of a new ReplicaSet get. */
  static ObjectNode create(Rollout rollout, dev.sluice.orchestrator.Rollout state) {
    ObjectNode template = rollout.getSpec().template.deepCopy();
    InjectedMetadata injected = wanted(rollout, state, state.revision().podHash());
    template.withObjectProperty("metadata");
    merge(template, injected.patch(null, InjectedMetadata.NONE));
    AntiAffinityRule.inject(
        template,
        rollout.getSpec().strategy.canary.antiAffinity,
        rollout.getMetadata().getNamespace(),
        state.isPromoted() ? "" : state.stableHash());
    return template;
  }

  /** What the pods of this hash are to have beside their template. */
  static InjectedMetadata wanted(
      Rollout rollout, dev.sluice.orchestrator.Rollout state, String podHash) {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    if (canary == null) {
      return InjectedMetadata.NONE;
    }
    return switch (PodRole.of(state, podHash)) {
      case STABLE -> InjectedMetadata.of(canary.stableMetadata);
      case CANARY -> InjectedMetadata.of(canary.canaryMetadata);
      case NONE -> InjectedMetadata.NONE;
    };
  }

  /**
   * What is to change in the template of a ReplicaSet; empty if nothing is.
   *
   * @param wanted what its pods are to have beside their template
   * @param before what its template was given of that
   */
  static ObjectNode difference(
      Rollout rollout,
      dev.sluice.orchestrator.Rollout state,
      ReplicaSet seen,
      InjectedMetadata wanted,
      InjectedMetadata before) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = wanted.patch(seen.getSpec().getTemplate().getMetadata(), before);
    if (!metadata.isEmpty()) {
      patch.set("metadata", metadata);
    }
    if (PodRole.of(state, ClusterReader.podHash(seen)) != PodRole.CANARY) {
      return patch;
    }
    ObjectNode template = MAPPER.valueToTree(seen.getSpec().getTemplate());
    if (AntiAffinityRule.isAboutAnother(template, state.stableHash())) {
      AntiAffinityRule.inject(
          template,
          rollout.getSpec().strategy.canary.antiAffinity,
          rollout.getMetadata().getNamespace(),
          state.stableHash());
      patch.putObject("spec").set("affinity", template.at("/spec/affinity"));
    }
    return patch;
  }

  private static void merge(ObjectNode template, ObjectNode metadata) {
    metadata
        .properties()
        .forEach(part ->
            template
                .withObjectProperty("metadata")
                .withObjectProperty(part.getKey())
                .setAll((ObjectNode) part.getValue()));
  }
}

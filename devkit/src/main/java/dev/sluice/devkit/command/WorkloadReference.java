package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** The workload that a Rollout takes its pod template from. */
record WorkloadReference(String apiVersion, String kind, String name) {

  /** What the Rollout refers to; empty if nothing. */
  static Optional<WorkloadReference> of(JsonNode rollout) {
    JsonNode reference = rollout.at("/spec/workloadRef");
    return reference.isObject()
        ? Optional.of(
            new WorkloadReference(
                reference.path("apiVersion").asText(),
                reference.path("kind").asText(),
                reference.path("name").asText()))
        : Optional.empty();
  }

  /** The object itself, to be asked for. */
  Resource<GenericKubernetesResource> in(KubernetesClient client, String namespace) {
    int slash = apiVersion.indexOf('/');
    var definition =
        new ResourceDefinitionContext.Builder()
            .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
            .withVersion(apiVersion.substring(slash + 1))
            .withKind(kind)
            .withPlural(plural())
            .withNamespaced(true)
            .build();
    return client.genericKubernetesResources(definition).inNamespace(namespace).withName(name);
  }

  private String plural() {
    return switch (kind) {
      case "Deployment", "ReplicaSet", "PodTemplate" -> kind.toLowerCase() + "s";
      default -> throw new IllegalArgumentException("workload of kind " + kind + " is unknown");
    };
  }
}

package dev.sluice.devkit.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.CrdFiles;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The custom resource definitions of a cluster. */
final class Definitions {

  private static final Duration ESTABLISHED_WITHIN = Duration.ofSeconds(60);
  private static final String MANAGER = "sluice";

  private Definitions() {}

  /** Names of all that Sluice brings. */
  static List<String> names() {
    return CrdFiles.onClassPath().stream().map(Definitions::name).toList();
  }

  /** Names of those that the cluster lacks. */
  static List<String> missing(KubernetesClient client) {
    return names().stream()
        .filter(name ->
            client.apiextensions().v1().customResourceDefinitions().withName(name).get() == null)
        .toList();
  }

  /** Installs all, over older ones too, and waits until they are served. */
  static void install(KubernetesClient client) {
    for (ObjectNode definition : CrdFiles.onClassPath()) {
      // Server-side: they are larger than what a client may leave in an annotation.
      client
          .resource(
              client
                  .getKubernetesSerialization()
                  .convertValue(definition, GenericKubernetesResource.class))
          .forceConflicts()
          .fieldManager(MANAGER)
          .serverSideApply();
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(name(definition))
          .waitUntilCondition(
              Definitions::isEstablished, ESTABLISHED_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static String name(ObjectNode definition) {
    return definition.path("metadata").path("name").asText();
  }

  // A new one has a status without conditions for a moment.
  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}

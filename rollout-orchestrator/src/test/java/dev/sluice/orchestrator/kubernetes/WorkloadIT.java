package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rollouts that take their pod template from another workload. */
class WorkloadIT {

  private static final String APP = "app";

  private final ClusterWorld world = new ClusterWorld();

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aRolloutHealsWhenItsWorkloadAppearsAndTakesItsPodsOver() {
    apply(rollout("apps/v1", "Deployment", "progressively", ""));
    String message =
        "InvalidSpec: The Rollout \"app\" is invalid: deployments.apps \"production/old\" not found";
    world.await(APP, message, r -> message.equals(r.getStatus().message));

    apply(deployment());
    Rollout healthy = world.awaitPhase(APP, "Healthy");
    Deployment taken =
        world.until("pods taken over", this::referenced, d -> d.getSpec().getReplicas() == 0);

    assertThat(healthy.getSpec().template).isNull();
    assertThat(healthy.getSpec().selector).isNull();
    assertThat(healthy.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(world.replicaSet(healthy.getStatus().stableRS).getSpec().getReplicas()).isEqualTo(2);
    String generation = taken.getMetadata().getGeneration().toString();
    Rollout observed =
        world.await(
            APP,
            "the scaled workload was looked at",
            r -> generation.equals(r.getStatus().workloadObservedGeneration));
    assertThat(observed.getMetadata().getAnnotations())
        .containsEntry(Api.WORKLOAD_GENERATION, generation);
  }

  @Test
  void anotherTemplateOfTheWorkloadIsAnotherRevisionAndItsSizeIsLeftAlone() {
    apply(deployment());
    apply(rollout("apps/v1", "Deployment", "never", ""));
    String old = world.awaitPhase(APP, "Healthy").getStatus().stableRS;

    world
        .hands
        .apps()
        .deployments()
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName("old")
        .edit(d ->
            d.edit()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("registry.example/app:v2")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

    Rollout updated =
        world.await(
            APP,
            "the new template",
            r -> "Healthy".equals(r.getStatus().phase) && !old.equals(r.getStatus().stableRS));
    assertThat(updated.getMetadata().getAnnotations()).containsEntry(Api.REVISION, "2");
    assertThat(referenced().getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void afterAStartNothingIsMissingBeforeItWasLookedFor() {
    apply(
        """
        apiVersion: v1
        kind: PodTemplate
        metadata: {name: old, namespace: production}
        template: {metadata: {labels: {app: app}}, spec: {containers: [{name: main, image: 'registry.example/app:v1'}]}}
        """);
    apply(rollout("v1", "PodTemplate", "never", "selector: {matchLabels: {app: app}}"));
    String version = world.awaitPhase(APP, "Healthy").getMetadata().getResourceVersion();

    world.crashEdge();
    world.until("everything seen", world.edge()::isOpen, open -> open);
    world.patch(APP, "[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 1}]");
    world.await(APP, "the new size", r -> r.getStatus().replicas == 1);

    assertThat(world.seen())
        .filteredOn(
            r -> Long.parseLong(r.getMetadata().getResourceVersion()) > Long.parseLong(version))
        .noneMatch(
            r -> r.getStatus().message != null && r.getStatus().message.contains("not found"));
  }

  private void apply(String manifest) {
    world.hands.resource(manifest).create();
  }

  private Deployment referenced() {
    return world
        .hands
        .apps()
        .deployments()
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName("old")
        .get();
  }

  private static String deployment() {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: old, namespace: production}
    spec:
      replicas: 2
      selector: {matchLabels: {app: app}}
      template:
        metadata: {labels: {app: app}}
        spec: {containers: [{name: main, image: 'registry.example/app:v1'}]}
    """;
  }

  private static String rollout(String version, String kind, String scaleDown, String selector) {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    metadata: {name: app, namespace: production}
    spec:
      replicas: 2
      workloadRef: {apiVersion: %s, kind: %s, name: old, scaleDown: %s}
      strategy: {canary: {steps: [{setWeight: 50}]}}
      %s
    """
        .formatted(version, kind, scaleDown, selector);
  }
}

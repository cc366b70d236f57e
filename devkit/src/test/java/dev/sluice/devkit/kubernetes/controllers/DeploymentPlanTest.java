package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentPlanTest {

  @Test
  void theFirstReplicaSetHasAllPods() {
    assertThat(DeploymentPlan.of(deployment(3, "v1"), List.of()).create()).contains(3);
  }

  @Test
  void anotherTemplateBeginsWithWhatTheSurgeAllows() {
    DeploymentPlan plan = DeploymentPlan.of(deployment(3, "v2"), List.of(set("old", "v1", 3, 3)));

    assertThat(plan.create()).contains(1);
    assertThat(plan.sizes()).isEmpty();
  }

  @Test
  void oldPodsGoAsNewOnesBecomeAvailable() {
    List<ReplicaSet> waiting = List.of(set("old", "v1", 3, 3), set("new", "v2", 1, 0));
    assertThat(DeploymentPlan.of(deployment(3, "v2"), waiting).sizes()).isEmpty();

    List<ReplicaSet> there = List.of(set("old", "v1", 3, 3), set("new", "v2", 1, 1));
    assertThat(DeploymentPlan.of(deployment(3, "v2"), there).sizes()).isEqualTo(Map.of("old", 2));

    List<ReplicaSet> next = List.of(set("old", "v1", 2, 2), set("new", "v2", 1, 1));
    assertThat(DeploymentPlan.of(deployment(3, "v2"), next).sizes()).isEqualTo(Map.of("new", 2));
  }

  @Test
  void scalingIsTheNewestReplicaSetsBusiness() {
    List<ReplicaSet> one = List.of(set("web", "v1", 3, 3));

    assertThat(DeploymentPlan.of(deployment(0, "v1"), one).sizes()).isEqualTo(Map.of("web", 0));
    assertThat(DeploymentPlan.of(deployment(5, "v1"), one).sizes()).isEqualTo(Map.of("web", 5));
  }

  @Test
  void theStatusCountsAllPodsAndTheUpdatedOnes() {
    List<ReplicaSet> both = List.of(set("old", "v1", 2, 2), set("new", "v2", 1, 0));

    var status = DeploymentPlan.of(deployment(3, "v2"), both).status();

    assertThat(status.getReplicas()).isEqualTo(3);
    assertThat(status.getUpdatedReplicas()).isEqualTo(1);
    assertThat(status.getAvailableReplicas()).isEqualTo(2);
    assertThat(status.getObservedGeneration()).isEqualTo(4L);
  }

  private static Deployment deployment(int replicas, String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withGeneration(4L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewStrategy()
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString("25%"))
        .withMaxUnavailable(new IntOrString("25%"))
        .endRollingUpdate()
        .endStrategy()
        .withTemplate(template(image))
        .endSpec()
        .build();
  }

  private static ReplicaSet set(String name, String image, int wanted, int available) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName(name)
        .withCreationTimestamp("2026-11-23T10:00:00Z")
        .endMetadata()
        .withNewSpec()
        .withReplicas(wanted)
        .withTemplate(
            new PodTemplateSpecBuilder(template(image))
                .editMetadata()
                .addToLabels(DeploymentPlan.TEMPLATE_LABEL, name)
                .endMetadata()
                .build())
        .endSpec()
        .withNewStatus()
        .withReplicas(wanted)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }

  private static PodTemplateSpec template(String image) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .endContainer()
        .endSpec()
        .build();
  }
}

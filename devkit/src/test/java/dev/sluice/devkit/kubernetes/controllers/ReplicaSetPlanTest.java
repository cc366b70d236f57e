package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaSetPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void missingPodsAreMade() {
    ReplicaSetPlan plan = ReplicaSetPlan.of(set(3, 0), List.of(ready("a", 10, 10)), NOW);

    assertThat(plan.create()).isEqualTo(2);
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void surplusGoesNotReadyFirstThenNewest() {
    List<Pod> pods = List.of(ready("old", 100, 90), ready("new", 10, 9), waiting("waiting", 200));

    assertThat(ReplicaSetPlan.of(set(2, 0), pods, NOW).delete()).containsExactly("waiting");
    assertThat(ReplicaSetPlan.of(set(1, 0), pods, NOW).delete()).containsExactly("waiting", "new");
  }

  @Test
  void aPodIsAvailableOnceItWasReadyForLongEnough() {
    List<Pod> pods = List.of(ready("a", 60, 20), ready("b", 60, 19), waiting("c", 60));

    ReplicaSetPlan plan = ReplicaSetPlan.of(set(3, 20), pods, NOW);

    assertThat(plan.status().getReplicas()).isEqualTo(3);
    assertThat(plan.status().getReadyReplicas()).isEqualTo(2);
    assertThat(plan.status().getAvailableReplicas()).isEqualTo(1);
    assertThat(plan.again()).contains(Duration.ofSeconds(1));
  }

  @Test
  void podsThatEndOrBelongToOthersAreNotCounted() {
    Pod ending =
        new PodBuilder(ready("ending", 5, 5))
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build();
    Pod failed =
        new PodBuilder(waiting("failed", 5)).editStatus().withPhase("Failed").endStatus().build();
    Pod foreign =
        new PodBuilder(ready("foreign", 5, 5))
            .editMetadata()
            .editFirstOwnerReference()
            .withUid("other")
            .endOwnerReference()
            .endMetadata()
            .build();

    ReplicaSetPlan plan = ReplicaSetPlan.of(set(1, 0), List.of(ending, failed, foreign), NOW);

    assertThat(plan.create()).isEqualTo(1);
    assertThat(plan.status().getReplicas()).isZero();
  }

  @Test
  void aSetThatIsBeingDeletedMakesNoPods() {
    ReplicaSet going =
        new ReplicaSetBuilder(set(3, 0))
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build();

    assertThat(ReplicaSetPlan.of(going, List.of(), NOW).create()).isZero();
  }

  @Test
  void theStatusNamesTheGenerationThatItIsAbout() {
    assertThat(ReplicaSetPlan.of(set(0, 0), List.of(), NOW).status().getObservedGeneration())
        .isEqualTo(7L);
  }

  private static ReplicaSet set(int replicas, int minReadySeconds) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("web")
        .withUid("set")
        .withGeneration(7L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withMinReadySeconds(minReadySeconds)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Pod ready(String name, int secondsOld, int secondsReady) {
    return new PodBuilder(waiting(name, secondsOld))
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime(NOW.minusSeconds(secondsReady).toString())
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod waiting(String name, int secondsOld) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(Map.of("app", "web"))
        .withCreationTimestamp(NOW.minusSeconds(secondsOld).toString())
        .addNewOwnerReference()
        .withKind("ReplicaSet")
        .withName("web")
        .withUid("set")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNodeName("node")
        .endSpec()
        .build();
  }
}

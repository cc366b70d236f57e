package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.ClusterWorld.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import dev.sluice.orchestrator.kubernetes.world.MemoryStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two installations on one cluster keep apart by a label on Rollouts. */
class InstallationsIT {

  private final ClusterWorld world = new ClusterWorld();
  private final MemoryStore store = new MemoryStore();
  private final ClusterEdge other = world.edge("other", store);

  @AfterEach
  void end() {
    other.close();
    store.close();
    world.close();
  }

  @Test
  void eachDecidesAboutItsOwnRolloutsAlone() {
    other.start();
    create("ours", "");
    create("theirs", "labels: {argo-rollouts.argoproj.io/controller-instance-id: other}");
    create("nobodys", "labels: {argo-rollouts.argoproj.io/controller-instance-id: third}");
    String ours = world.awaitPhase("ours", "Healthy").getMetadata().getUid();
    String theirs = world.awaitPhase("theirs", "Healthy").getMetadata().getUid();
    assertThat(world.store.all())
        .extracting(each -> each.rollout().identity().uid())
        .containsExactly(ours);
    assertThat(store.all())
        .extracting(each -> each.rollout().identity().uid())
        .containsExactly(theirs);
    assertThat(world.rollout("nobodys").getStatus()).isNull();
    assertThat(world.replicaSets())
        .extracting(set -> set.getMetadata().getOwnerReferences().getFirst().getName())
        .containsExactlyInAnyOrder("ours", "theirs");
  }

  private void create(String name, String labels) {
    String manifest =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: %1$s, %2$s}
        spec:
          selector: {matchLabels: {app: %1$s}}
          strategy: {canary: {steps: [{setWeight: 50}]}}
          template:
            metadata: {labels: {app: %1$s}}
            spec: {containers: [{name: main, image: "registry.example/app:v1"}]}
        """
            .formatted(name, labels);
    world
        .hands
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(each -> world.hands.resource(each).inNamespace(NAMESPACE).create());
  }
}

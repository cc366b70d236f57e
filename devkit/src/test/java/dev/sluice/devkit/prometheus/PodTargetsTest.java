package dev.sluice.devkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.devkit.workload.PodPorts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTargetsTest {

  private static final List<Pod> PODS = List.of(pod("b", "new", 2), pod("a", "old", 1));

  @Test
  void theWantedRevisionIsTheCanaryAndTheLastPromotedOneIsStable() {
    assertThat(PodTargets.of(PODS, List.of(rollout("old", "new"))))
        .containsExactly(target(1, "stable", "a"), target(2, "canary", "b"));
  }

  @Test
  void promotionMakesTheCanaryStableAndForgetsTheOldOne() {
    assertThat(PodTargets.of(PODS, List.of(rollout("new", "new"))))
        .containsExactly(target(2, "stable", "b"));
  }

  @Test
  void theFirstDeploymentIsStableFromTheStart() {
    assertThat(PodTargets.of(PODS, List.of(rollout("", "new"))))
        .containsExactly(target(2, "stable", "b"));
  }

  @Test
  void aPodThatDoesNotListenIsNotScraped() {
    var silent = pod("c", "new", 3);
    silent.getMetadata().setAnnotations(null);

    assertThat(PodTargets.of(List.of(silent), List.of(rollout("old", "new")))).isEmpty();
  }

  @Test
  void aPodOfNoRolloutIsNotScraped() {
    assertThat(PodTargets.of(PODS, List.of())).isEmpty();
  }

  private static PodTargets.Target target(int port, String revision, String pod) {
    return new PodTargets.Target(
        List.of("127.0.0.1:" + port),
        Map.of("revision", revision, "pod", pod, "namespace", "production"));
  }

  private static GenericKubernetesResource rollout(String stable, String current) {
    var rollout = new GenericKubernetesResource();
    rollout.setMetadata(
        new ObjectMetaBuilder().withNamespace("production").withName("checkout").build());
    rollout.setAdditionalProperty("status", Map.of("stableRS", stable, "currentPodHash", current));
    return rollout;
  }

  private static Pod pod(String name, String hash, int port) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("production")
        .withName(name)
        .addToLabels(PodPorts.POD_HASH_LABEL, hash)
        .addToAnnotations(PodPorts.ANNOTATION, "" + port)
        .endMetadata()
        .build();
  }
}

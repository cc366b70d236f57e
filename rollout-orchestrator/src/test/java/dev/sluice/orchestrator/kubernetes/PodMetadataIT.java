package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.Checkout.NAME;
import static dev.sluice.orchestrator.kubernetes.world.ClusterWorld.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import dev.sluice.orchestrator.kubernetes.injection.InjectedMetadata;
import dev.sluice.orchestrator.kubernetes.world.Checkout;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pods get beside their template, while they live. */
class PodMetadataIT {

  private static final Map<String, String> ROLES =
      Map.of(
          "- pause: { duration: 2m }",
          "- pause: {}",
          "canaryService: checkout-canary",
          """
          canaryService: checkout-canary
                canaryMetadata: {labels: {role: canary}, annotations: {note: on trial}}
                stableMetadata: {labels: {role: stable}}
                antiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}
          """
              .strip());

  private final ClusterWorld world = new ClusterWorld();
  private final Checkout checkout = new Checkout(world);

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void livingPodsChangeTheirPartAndAreNotReplaced() {
    String first = checkout.deploy(ROLES);
    assertThat(roles(first)).containsOnly("stable");
    assertThat(world.replicaSet(first).getMetadata().getAnnotations())
        .containsEntry(Api.EPHEMERAL_METADATA, "{\"labels\":{\"role\":\"stable\"}}");

    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    String second = checkout.status().currentPodHash;
    assertThat(second).isNotEqualTo(first);
    assertThat(roles(second)).containsOnly("canary");
    assertThat(roles(first)).containsOnly("stable");
    Set<String> onTrial = uids(second);
    // Somebody's own mark stays.
    Pod marked = pods(second).getFirst();
    marked.getMetadata().getAnnotations().put("mine", "kept");
    world.hands.resource(marked).update();

    world.patchStatus(NAME, "{\"promoteFull\":true}");
    world.await(NAME, "promoted", r -> second.equals(r.getStatus().stableRS));
    world.until("stable pods", () -> roles(second), Set.of("stable")::equals);
    world.until("nobody left behind", () -> isMarked(second), left -> !left);
    assertThat(uids(second)).containsAll(onTrial);
    assertThat(pods(second))
        .noneMatch(pod -> annotations(pod).containsKey("note"))
        .anyMatch(pod -> annotations(pod).containsKey("mine"));
    world.until(
        "nothing on pods that go",
        () -> world.replicaSet(first),
        old ->
            !old.getMetadata().getAnnotations().containsKey(Api.EPHEMERAL_METADATA)
                && !templateLabels(old).containsKey("role"));
  }

  @Test
  void newPodsKeepAwayFromNodesWithStableOnes() {
    String first = checkout.deploy(ROLES);
    assertThat(world.replicaSet(first).getSpec().getTemplate().getSpec().getAffinity()).isNull();

    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    var terms =
        world
            .replicaSet(checkout.status().currentPodHash)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getAffinity()
            .getPodAntiAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution();
    assertThat(terms).hasSize(1);
    assertThat(terms.getFirst().getLabelSelector().getMatchExpressions().getFirst().getValues())
        .containsExactly(first);
    assertThat(terms.getFirst().getNamespaces()).containsExactly(NAMESPACE);
  }

  @Test
  void aCrashBetweenTemplateAndPodsForgetsNobody() {
    checkout.deploy(ROLES);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    String second = checkout.status().currentPodHash;
    world.stopEdge();
    // As the write of the template left it: the pods were not reached.
    ReplicaSet replicaSet = world.replicaSet(second);
    replicaSet
        .getMetadata()
        .getAnnotations()
        .put(InjectedMetadata.REPLACED, "{\"labels\":{\"left\":\"behind\"}}");
    world.hands.resource(replicaSet).update();
    Pod behind = pods(second).getFirst();
    behind.getMetadata().getLabels().put("left", "behind");
    behind.getMetadata().getLabels().remove("role");
    world.hands.resource(behind).update();

    world.startEdge();
    world.until("nobody left behind", () -> isMarked(second), left -> !left);
    assertThat(pods(second))
        .allMatch(pod -> "canary".equals(pod.getMetadata().getLabels().get("role")))
        .noneMatch(pod -> pod.getMetadata().getLabels().containsKey("left"));
  }

  private boolean isMarked(String podHash) {
    return world
        .replicaSet(podHash)
        .getMetadata()
        .getAnnotations()
        .containsKey(InjectedMetadata.REPLACED);
  }

  private List<Pod> pods(String podHash) {
    return world
        .hands
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel(Api.POD_TEMPLATE_HASH_LABEL, podHash)
        .list()
        .getItems();
  }

  private Set<String> roles(String podHash) {
    return pods(podHash).stream()
        .map(pod -> String.valueOf(pod.getMetadata().getLabels().get("role")))
        .collect(Collectors.toSet());
  }

  private Set<String> uids(String podHash) {
    return pods(podHash).stream()
        .map(pod -> pod.getMetadata().getUid())
        .collect(Collectors.toSet());
  }

  private static Map<String, String> annotations(Pod pod) {
    return pod.getMetadata().getAnnotations() == null
        ? Map.of()
        : pod.getMetadata().getAnnotations();
  }

  private static Map<String, String> templateLabels(ReplicaSet replicaSet) {
    return replicaSet.getSpec().getTemplate().getMetadata().getLabels();
  }
}

package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Argo Rollouts has gone, and left what is in {@code adoption/}, objects as they were recorded. No
 * pod notices that Sluice has come.
 */
class AdoptionST {

  private static final Path LEFT = Path.of("src/test/resources/adoption");
  private static final String AT_REST = "at-rest";
  private static final String ABORTED = "aborted";
  private static final String PAUSED = "paused";
  private static final String UNKNOWN_HASH = "unknown-hash";
  private static final List<String> ALL = List.of(AT_REST, ABORTED, PAUSED, UNKNOWN_HASH);

  @TempDir Path folder;
  private ClusterWithUp cluster;

  @BeforeEach
  void argoRolloutsWasHere() throws IOException {
    cluster = new ClusterWithUp(folder);
    cluster.kubernetes.installCrds();
    for (String name : List.of(AT_REST, ABORTED, PAUSED)) {
      create(name, Files.readString(LEFT.resolve(name + ".yaml")));
    }
    // The same, made by a version whose hashes nobody can compute any more.
    create(
        UNKNOWN_HASH,
        Files.readString(LEFT.resolve("at-rest.yaml"))
            .replace("namespace: at-rest", "namespace: " + UNKNOWN_HASH)
            .replace("7746f49889", "5d9f7c8b6d"));
    Awaitility.await()
        .atMost(ClusterWithUp.PATIENCE)
        .until(() -> ALL.stream().flatMap(n -> replicaSets(n).stream()).allMatch(this::isThere));
  }

  @AfterEach
  void everythingEnds() {
    cluster.close();
  }

  @Test
  void whatArgoRolloutsLeftIsTakenOverWithoutANewPodAndGoesOnFromThere() {
    Map<String, List<String>> pods = perNamespace(Pod.class, each -> each.getMetadata().getUid());
    Map<String, List<String>> sets = perNamespace(ReplicaSet.class, AdoptionST::specification);
    Map<String, List<String>> services =
        perNamespace(Service.class, each -> each.getMetadata().getResourceVersion());
    Rollout restedBefore = rollout(AT_REST);
    Rollout abortedBefore = rollout(ABORTED);

    cluster.begin(List.of("--all-namespaces"));
    for (String routed : List.of(AT_REST, ABORTED, UNKNOWN_HASH)) {
      await(routed, r -> fence(routed) != null && r.getStatus().phase != null);
    }
    await(AT_REST, r -> "Healthy".equals(r.getStatus().phase));
    await(UNKNOWN_HASH, r -> "Healthy".equals(r.getStatus().phase));
    await(PAUSED, r -> isPausedAt(r, 1) && !pausedSince(r).startsWith("2026-08-01T10:00:02"));

    assertThat(perNamespace(Pod.class, each -> each.getMetadata().getUid())).isEqualTo(pods);
    assertThat(perNamespace(ReplicaSet.class, AdoptionST::specification)).isEqualTo(sets);
    assertThat(perNamespace(Service.class, each -> each.getMetadata().getResourceVersion()))
        .isEqualTo(services);
    assertThat(rollout(AT_REST).getStatus().json()).isEqualTo(restedBefore.getStatus().json());
    assertThat(rollout(ABORTED).getStatus().json()).isEqualTo(abortedBefore.getStatus().json());
    assertThat(rollout(UNKNOWN_HASH).getStatus().currentPodHash).isEqualTo("5d9f7c8b6d");

    setImage(AT_REST, "registry.example/app:v3");
    setImage(UNKNOWN_HASH, "registry.example/app:v3");
    cluster
        .client
        .resources(Rollout.class)
        .inNamespace(PAUSED)
        .withName("app")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"pauseConditions\":null}}");
    await(PAUSED, r -> isPausedAt(r, 3));
    for (String updated : List.of(AT_REST, UNKNOWN_HASH)) {
      await(
          updated,
          r ->
              "77754df67b".equals(r.getStatus().stableRS) && "Healthy".equals(r.getStatus().phase));
      assertThat(rollout(updated).getMetadata().getAnnotations())
          .containsEntry("rollout.argoproj.io/revision", "3");
    }
  }

  // The status of a Rollout is written apart, and what it owns needs its uid.
  private void create(String namespace, String yaml) {
    cluster.createNamespace(namespace);
    List<HasMetadata> left = load(yaml);
    HasMetadata rollout = left.getFirst();
    HasMetadata created = cluster.client.resource(rollout).create();
    rollout.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
    cluster.client.resource(rollout).updateStatus();
    load(yaml.replace("OWNER_UID", created.getMetadata().getUid())).stream()
        .skip(1)
        .forEach(each -> cluster.client.resource(each).create());
  }

  private List<HasMetadata> load(String yaml) {
    return cluster
        .client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items();
  }

  private boolean isThere(ReplicaSet replicaSet) {
    Integer available = replicaSet.getStatus().getAvailableReplicas();
    return replicaSet.getSpec().getReplicas().equals(available == null ? 0 : available);
  }

  private static String specification(ReplicaSet replicaSet) {
    return replicaSet.getMetadata().getName()
        + replicaSet.getMetadata().getAnnotations()
        + replicaSet.getSpec();
  }

  private <T extends HasMetadata> Map<String, List<String>> perNamespace(
      Class<T> type, Function<T, String> what) {
    return ALL.stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name ->
                    cluster.client.resources(type).inNamespace(name).list().getItems().stream()
                        .map(what)
                        .sorted()
                        .toList()));
  }

  private List<ReplicaSet> replicaSets(String namespace) {
    return cluster.client.apps().replicaSets().inNamespace(namespace).list().getItems();
  }

  private Rollout rollout(String namespace) {
    return cluster.client.resources(Rollout.class).inNamespace(namespace).withName("app").get();
  }

  private String fence(String namespace) {
    return cluster
        .client
        .network()
        .v1()
        .ingresses()
        .inNamespace(namespace)
        .withName("app-app-ing-canary")
        .get()
        .getMetadata()
        .getAnnotations()
        .get("sluice.dev/fence");
  }

  private static boolean isPausedAt(Rollout rollout, int step) {
    return "Paused".equals(rollout.getStatus().phase)
        && rollout.getStatus().currentStepIndex == step;
  }

  private static String pausedSince(Rollout rollout) {
    return rollout.getStatus().pauseConditions.getFirst().startTime;
  }

  private void setImage(String namespace, String image) {
    cluster
        .client
        .resources(Rollout.class)
        .inNamespace(namespace)
        .withName("app")
        .patch(
            PatchContext.of(PatchType.JSON),
            """
            [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "%s"}]
            """
                .formatted(image));
  }

  private void await(String namespace, Predicate<Rollout> condition) {
    Awaitility.await(namespace)
        .atMost(ClusterWithUp.PATIENCE)
        .until(() -> rollout(namespace), condition);
  }
}

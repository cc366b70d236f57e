package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice up} as a person starts it, on a cluster in which Rollouts may be already. */
class UpST {

  private static final String NAMESPACE = "shop";
  private static final String MANIFEST =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: app, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: app}}
        strategy: {canary: {steps: [{setWeight: 50}, {pause: {}}]}}
        template:
          metadata: {labels: {app: app}}
          spec: {containers: [{name: main, image: "registry.example/app:v1"}]}
      """;

  @TempDir Path folder;
  private ClusterWithUp cluster;

  @BeforeEach
  void aClusterIsThere() {
    cluster = new ClusterWithUp(folder);
    cluster.createNamespace(NAMESPACE);
  }

  @AfterEach
  void everythingEnds() {
    cluster.close();
  }

  @Test
  void withoutTheKindsItSaysHowToGetThem() {
    assertThat(cluster.end("--namespace", NAMESPACE)).isEqualTo(1);
    assertThat(cluster.up().lastOutput())
        .contains("rollouts.argoproj.io")
        .contains("--install-crds");
  }

  @Test
  void aDryRunListsWhatItWouldManageAndChangesNothing() {
    cluster.kubernetes.installCrds();
    apply();
    cluster.kubernetes.audit().reset();
    assertThat(cluster.end("--all-namespaces", "--dry-run")).isZero();
    assertThat(cluster.up().lastOutput())
        .contains("shop/app (canary, new)")
        .contains("Nothing was changed");
    assertThat(cluster.kubernetes.audit().counts().keySet())
        .filteredOn(call -> !call.userAgent().contains("devkit"))
        .noneMatch(call -> call.isWrite() && !call.resource().startsWith("selfsubject"));
  }

  @Test
  void anotherControllersLiveLeaseStopsItUnlessItIsToTakeOver() {
    cluster.kubernetes.installCrds();
    cluster
        .client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName("argo-rollouts-controller-lock")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("argo-rollouts-7d9f")
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5))
                .endSpec()
                .build())
        .create();
    assertThat(cluster.end("--namespace", NAMESPACE, "--dry-run")).isEqualTo(1);
    assertThat(cluster.up().lastOutput()).contains("argo-rollouts-7d9f").contains("--take-over");
    assertThat(cluster.end("--namespace", NAMESPACE, "--dry-run", "--take-over")).isZero();
  }

  @Test
  void whatIsKeptGoesOnWhereItEndedAndNothingOutlivesASignal() {
    List<String> line =
        List.of("--namespace", NAMESPACE, "--install-crds", "--data", folder + "/data");
    cluster.begin(line);
    apply();
    await().atMost(ClusterWithUp.PATIENCE).until(() -> "Healthy".equals(phase()));
    update();
    await().atMost(ClusterWithUp.PATIENCE).until(() -> "Paused".equals(phase()));
    List<ProcessHandle> family =
        ProcessHandle.of(cluster.up().pid()).orElseThrow().descendants().toList();
    assertThat(family).hasSizeGreaterThan(5);
    cluster.up().signalOnly("TERM");
    cluster.up().awaitExit(ClusterWithUp.PATIENCE);
    await()
        .atMost(ClusterWithUp.PATIENCE)
        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));

    cluster.begin(line);
    assertThat(cluster.up().log()).content().contains("shop/app (canary, Paused)");
    cluster
        .client
        .resources(Rollout.class)
        .inNamespace(NAMESPACE)
        .withName("app")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"pauseConditions\":null}}");
    await().atMost(ClusterWithUp.PATIENCE).until(() -> "Healthy".equals(phase()));
    assertThat(rollout().getMetadata().getAnnotations())
        .containsEntry("rollout.argoproj.io/revision", "2");
  }

  private void apply() {
    cluster.client.load(stream(MANIFEST)).create();
  }

  private void update() {
    cluster
        .client
        .load(stream(MANIFEST.replace("app:v1", "app:v2")))
        .items()
        .forEach(item -> cluster.client.resource(item).update());
  }

  private Rollout rollout() {
    return cluster.client.resources(Rollout.class).inNamespace(NAMESPACE).withName("app").get();
  }

  private String phase() {
    Rollout rollout = rollout();
    boolean observed =
        rollout.getStatus() != null
            && Long.toString(rollout.getMetadata().getGeneration())
                .equals(rollout.getStatus().observedGeneration);
    return observed ? rollout.getStatus().phase : "";
  }

  private static InputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}

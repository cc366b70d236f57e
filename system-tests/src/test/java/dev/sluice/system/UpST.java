package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.crd.Rollout;
import dev.sluice.devkit.command.Launcher;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import dev.sluice.devkit.process.Child;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice up} as a person starts it, on a cluster in which Rollouts may be already. */
class UpST {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
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
  private KubernetesApi kubernetes;
  private IdlePods pods;
  private Controllers controllers;
  private KubernetesClient client;
  private Child up;

  @BeforeEach
  void aClusterIsThere() {
    kubernetes =
        KubernetesApi.start(
            KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig")));
    pods = new IdlePods();
    controllers = Controllers.start(kubernetes.kubeconfig(), pods);
    Config config = Config.fromKubeconfig(kubernetes.kubeconfig().toFile());
    config.setUserAgent("system-tests");
    client = new KubernetesClientBuilder().withConfig(config).build();
    client
        .namespaces()
        .load(stream("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}"))
        .create();
  }

  @AfterEach
  void everythingEnds() {
    if (up != null) {
      up.kill();
    }
    client.close();
    controllers.close();
    pods.close();
    kubernetes.close();
  }

  @Test
  void withoutTheKindsItSaysHowToGetThem() {
    assertThat(end("--namespace", NAMESPACE)).isEqualTo(1);
    assertThat(up.lastOutput()).contains("rollouts.argoproj.io").contains("--install-crds");
  }

  @Test
  void aDryRunListsWhatItWouldManageAndChangesNothing() {
    kubernetes.installCrds();
    apply();
    kubernetes.audit().reset();
    assertThat(end("--all-namespaces", "--dry-run")).isZero();
    assertThat(up.lastOutput()).contains("shop/app (canary, new)").contains("Nothing was changed");
    assertThat(kubernetes.audit().counts().keySet())
        .filteredOn(call -> !call.userAgent().contains("devkit"))
        .noneMatch(call -> call.isWrite() && !call.resource().startsWith("selfsubject"));
  }

  @Test
  void anotherControllersLiveLeaseStopsItUnlessItIsToTakeOver() {
    kubernetes.installCrds();
    client
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
    assertThat(end("--namespace", NAMESPACE, "--dry-run")).isEqualTo(1);
    assertThat(up.lastOutput()).contains("argo-rollouts-7d9f").contains("--take-over");
    assertThat(end("--namespace", NAMESPACE, "--dry-run", "--take-over")).isZero();
  }

  @Test
  void whatIsKeptGoesOnWhereItEndedAndNothingOutlivesASignal() {
    List<String> line =
        List.of("--namespace", NAMESPACE, "--install-crds", "--data", folder + "/data");
    begin(line);
    apply();
    await().atMost(PATIENCE).until(() -> "Healthy".equals(phase()));
    update();
    await().atMost(PATIENCE).until(() -> "Paused".equals(phase()));
    List<ProcessHandle> family = ProcessHandle.of(up.pid()).orElseThrow().descendants().toList();
    assertThat(family).hasSizeGreaterThan(5);
    up.signalOnly("TERM");
    up.awaitExit(PATIENCE);
    await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));

    begin(line);
    assertThat(up.log()).content().contains("shop/app (canary, Paused)");
    client
        .resources(Rollout.class)
        .inNamespace(NAMESPACE)
        .withName("app")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"pauseConditions\":null}}");
    await().atMost(PATIENCE).until(() -> "Healthy".equals(phase()));
    assertThat(rollout().getMetadata().getAnnotations())
        .containsEntry("rollout.argoproj.io/revision", "2");
  }

  private void begin(List<String> arguments) {
    start(arguments);
    await()
        .atMost(PATIENCE)
        .until(() -> !up.isAlive() || up.lastOutput().contains("Sluice is ready"));
    assertThat(up.isAlive()).as(up.lastOutput()).isTrue();
  }

  private int end(String... arguments) {
    start(List.of(arguments));
    return up.awaitExit(PATIENCE);
  }

  private void start(List<String> arguments) {
    var line = new ArrayList<>(List.of("up", "--kubeconfig", kubernetes.kubeconfig().toString()));
    line.addAll(arguments);
    try {
      Path log = Files.createTempFile(folder, "up", ".log");
      up =
          Child.java(
              "up",
              List.of("-Xmx256m", "-Dsluice.repository=" + REPOSITORY),
              Launcher.class,
              line,
              folder,
              log);
      up.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply() {
    client.load(stream(MANIFEST)).create();
  }

  private void update() {
    client
        .load(stream(MANIFEST.replace("app:v1", "app:v2")))
        .items()
        .forEach(item -> client.resource(item).update());
  }

  private Rollout rollout() {
    return client.resources(Rollout.class).inNamespace(NAMESPACE).withName("app").get();
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

package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.command.Launcher;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import dev.sluice.devkit.process.Child;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster without Sluice, and {@code sluice up} as a person starts it there. */
final class ClusterWithUp implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  final KubernetesApi kubernetes;
  final KubernetesClient client;
  private final Path folder;
  private final IdlePods pods = new IdlePods();
  private final Controllers controllers;
  private Child up;

  ClusterWithUp(Path folder) {
    this.folder = folder;
    kubernetes =
        KubernetesApi.start(
            KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig")));
    controllers = Controllers.start(kubernetes.kubeconfig(), pods);
    Config config = Config.fromKubeconfig(kubernetes.kubeconfig().toFile());
    config.setUserAgent("system-tests");
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** Starts it, and waits until it is ready. */
  void begin(List<String> arguments) {
    start(arguments);
    await()
        .atMost(PATIENCE)
        .until(() -> !up.isAlive() || up.lastOutput().contains("Sluice is ready"));
    assertThat(up.isAlive()).as(up.lastOutput()).isTrue();
  }

  /** Starts it, and waits for its end; returns its exit code. */
  int end(String... arguments) {
    start(List.of(arguments));
    return up.awaitExit(PATIENCE);
  }

  Child up() {
    return up;
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

  @Override
  public void close() {
    if (up != null) {
      up.kill();
    }
    client.close();
    controllers.close();
    pods.close();
    kubernetes.close();
  }
}

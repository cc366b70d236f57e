package dev.sluice.devkit.kubernetes.controllers;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On the devkit's own server, with the players of ReplicaSets and Jobs. */
class PlayedPodsIT extends PlayedPods {
  private static final LocalPods PODS = new LocalPods();
  private static KubernetesApi api;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    api = KubernetesApi.start(KubernetesApi.Options.defaults());
    api.startControllers(PODS);
    Config config = Config.fromKubeconfig(api.kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    api.close();
    PODS.close();
  }

  @Override
  KubernetesClient client() {
    return client;
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.process.Child;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodPlayerMainIT {
  @TempDir Path folder;

  @Test
  void playsThePodsOfItsNamespacesAndNoOthers() {
    try (KubernetesApi api = KubernetesApi.start(KubernetesApi.Options.defaults());
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig().toFile()))
                .build()) {
      // The other one first: whoever plays all pods comes to it first.
      List.of("theirs", "ours").forEach(namespace -> createPod(client, namespace));
      Child player = player("--kubeconfig", api.kubeconfig().toString(), "--namespace", "ours");
      player.start();
      try {
        await().atMost(Duration.ofSeconds(120)).until(() -> Pods.isReady(pod(client, "ours")));
        assertThat(Pods.isScheduled(pod(client, "theirs"))).isFalse();
        assertThat(player.lastOutput()).contains("pod player ready");
      } finally {
        player.kill();
      }
    }
  }

  @Test
  void saysHowItIsUsed() {
    Child player = player("--namespace", "ours");
    player.start();

    assertThat(player.awaitExit(Duration.ofSeconds(120))).isEqualTo(2);
    assertThat(player.lastOutput()).contains("usage: PodPlayerMain --kubeconfig FILE");
  }

  private Child player(String... arguments) {
    return Child.java(
        "pod-player",
        List.of("-Xmx128m"),
        PodPlayerMain.class,
        List.of(arguments),
        folder,
        folder.resolve("pod-player.log"));
  }

  private static Pod pod(KubernetesClient client, String namespace) {
    return client.pods().inNamespace(namespace).withName("web").get();
  }

  private static void createPod(KubernetesClient client, String namespace) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("shop:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }
}

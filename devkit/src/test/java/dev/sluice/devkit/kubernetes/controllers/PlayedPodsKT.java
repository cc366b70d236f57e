package dev.sluice.devkit.kubernetes.controllers;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AssetsCondition;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.devkit.controlplane.Controller;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, where the real controllers make the pods. */
@ExtendWith(AssetsCondition.class)
class PlayedPodsKT extends PlayedPods {
  @TempDir static Path planeFolder;
  private static final LocalPods PODS = new LocalPods();
  private static ControlPlane plane;
  private static Controllers player;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    plane =
        ControlPlane.start(
            Assets.find().orElseThrow(),
            planeFolder,
            ControlPlane.Options.defaults()
                .withControllers(
                    Controller.REPLICASET, Controller.JOB, Controller.GARBAGE_COLLECTOR));
    player = Controllers.startPods(plane.kubeconfig(), PODS, Set.of("default"));
    Config config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    player.close();
    PODS.close();
    plane.close();
  }

  @Override
  KubernetesClient client() {
    return client;
  }
}

package dev.sluice.system.golden;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.devkit.controlplane.Controller;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The golden scenarios on a real API server with the real controllers; only pods are played. */
class GoldenReplayKT {

  private static final File[] NONE = {};
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path folder;
  private static ControlPlane plane;
  private static IdlePods pods;
  private static Controllers player;
  private static GoldenReplay replay;

  @BeforeAll
  static void theClusterIsThere() {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    plane =
        ControlPlane.start(
            Assets.find().orElseThrow(),
            folder.resolve("plane"),
            ControlPlane.Options.defaults()
                .withControllers(
                    Controller.REPLICASET,
                    Controller.DEPLOYMENT,
                    Controller.JOB,
                    Controller.ENDPOINTS,
                    Controller.ENDPOINTSLICE,
                    Controller.NAMESPACE,
                    Controller.GARBAGE_COLLECTOR));
    installDefinitions();
    pods = new IdlePods();
    player = Controllers.startPods(plane.kubeconfig(), pods);
    replay = new GoldenReplay("control-plane", folder, plane.kubeconfig());
  }

  @AfterAll
  static void everythingEnds() {
    if (replay != null) {
      replay.close();
    }
    if (player != null) {
      player.close();
      pods.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioComesOutAsItWasRecorded() {
    return replay.tests();
  }

  private static void installDefinitions() {
    Config config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      File[] files = Path.of("../deploy/crds").toFile().listFiles();
      for (File file : files == null ? NONE : files) {
        CustomResourceDefinition definition =
            client.apiextensions().v1().customResourceDefinitions().load(file).serverSideApply();
        await()
            .atMost(PATIENCE)
            .until(() -> isEstablished(client, definition.getMetadata().getName()));
      }
    }
  }

  private static boolean isEstablished(KubernetesClient client, String name) {
    var status =
        client.apiextensions().v1().customResourceDefinitions().withName(name).get().getStatus();
    return status != null
        && status.getConditions() != null
        && status.getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}

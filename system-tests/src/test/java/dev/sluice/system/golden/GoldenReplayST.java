package dev.sluice.system.golden;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The golden scenarios on the devkit's API server and controllers. */
class GoldenReplayST {

  @TempDir static Path folder;
  private static KubernetesApi kubernetes;
  private static IdlePods pods;
  private static Controllers controllers;
  private static GoldenReplay replay;

  @BeforeAll
  static void theClusterIsThere() {
    kubernetes =
        KubernetesApi.start(
            KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig")));
    kubernetes.installCrds();
    pods = new IdlePods();
    controllers = Controllers.start(kubernetes.kubeconfig(), pods);
    replay = new GoldenReplay("embedded", folder, kubernetes.kubeconfig());
  }

  @AfterAll
  static void everythingEnds() {
    if (replay != null) {
      replay.close();
    }
    controllers.close();
    pods.close();
    kubernetes.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioComesOutAsItWasRecorded() {
    return replay.tests();
  }
}

package dev.sluice.system.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AuditLevel;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The golden scenarios on a real API server with the real controllers; only pods are played. */
class GoldenReplayKT {

  @TempDir static Path folder;
  private static RealCluster cluster;
  private static GoldenReplay replay;

  @BeforeAll
  static void theClusterIsThere() {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    cluster = new RealCluster(folder.resolve("plane"), AuditLevel.NONE);
    replay = new GoldenReplay("control-plane", folder, cluster.kubeconfig());
  }

  @AfterAll
  static void everythingEnds() {
    if (replay != null) {
      replay.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioComesOutAsItWasRecorded() {
    return replay.tests();
  }
}

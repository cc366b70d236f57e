package dev.sluice.system.golden;

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
  private static EmbeddedCluster cluster;
  private static GoldenReplay replay;

  @BeforeAll
  static void theClusterIsThere() {
    cluster = new EmbeddedCluster(folder);
    replay = new GoldenReplay("embedded", folder, cluster.kubeconfig());
  }

  @AfterAll
  static void everythingEnds() {
    if (replay != null) {
      replay.close();
    }
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioComesOutAsItWasRecorded() {
    return replay.tests();
  }
}

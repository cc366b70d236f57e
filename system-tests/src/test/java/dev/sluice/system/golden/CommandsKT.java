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

/**
 * Every command both ways, on a real API server with the real controllers; only pods are played.
 */
class CommandsKT {

  @TempDir static Path folder;
  private static RealCluster cluster;
  private static CommandTable table;

  @BeforeAll
  static void theClusterIsThere() {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    cluster = new RealCluster(folder.resolve("plane"), AuditLevel.NONE);
    table = new CommandTable(folder, cluster.kubeconfig());
  }

  @AfterAll
  static void everythingEnds() {
    if (table != null) {
      table.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandIsAnsweredAndCarriedOut() {
    return table.tests();
  }
}

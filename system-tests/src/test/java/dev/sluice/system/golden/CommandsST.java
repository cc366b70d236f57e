package dev.sluice.system.golden;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command both ways, on the devkit's API server and controllers. */
class CommandsST {

  @TempDir static Path folder;
  private static EmbeddedCluster cluster;
  private static CommandTable table;

  @BeforeAll
  static void theClusterIsThere() {
    cluster = new EmbeddedCluster(folder);
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

package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** All scenarios, played at the same time in namespaces of their own against one installation. */
final class GoldenReplay implements AutoCloseable {

  private static final int PARALLEL = Integer.getInteger("golden.parallel", 6);
  private static final Set<String> ONLY = Set.of(System.getProperty("golden.only", "").split(","));

  private final ExecutorService players = Executors.newFixedThreadPool(PARALLEL);
  private final KnownDifferences known =
      KnownDifferences.read(Stage.GOLDEN.resolve("differences.yaml"));
  private final Stage stage;
  private final Results results;

  /**
   * Installs Sluice.
   *
   * @param world its name, for the results
   * @param folder for data and logs
   * @param kubeconfig of a cluster with the custom resource definitions
   */
  GoldenReplay(String world, Path folder, Path kubeconfig) {
    stage = new Stage(folder, kubeconfig, "error");
    results = new Results(Path.of("target/golden").resolve(world));
  }

  /** One test for each scenario, and one for the list of differences where all were played. */
  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    boolean all = ONLY.contains("");
    for (Path folder : Scenario.folders(Stage.GOLDEN)) {
      String name = folder.getFileName().toString();
      if (all || ONLY.contains(name)) {
        Scenario scenario = stage.scenario(name);
        Future<Stage.Play> play = players.submit(() -> stage.play(scenario));
        tests.add(dynamicTest(scenario.name(), () -> check(scenario, play.get())));
      }
    }
    if (all) {
      tests.add(
          dynamicTest(
              "every difference that is listed still occurs",
              () -> assertThat(known.stale()).isEmpty()));
    }
    return tests.stream();
  }

  @Override
  public void close() {
    players.shutdownNow();
    stage.close();
  }

  private void check(Scenario scenario, Stage.Play play) {
    var seen = Landmarks.of(play.log());
    List<Difference> differences = Comparison.of(scenario.recording(), seen);
    List<Difference> unknown = known.unknown(scenario.name(), differences);
    List<String> violations = Invariant.violations(play.log());
    results.write(scenario.name(), play.log(), seen, violations, unknown);

    assertThat(violations).as("invariants").isEmpty();
    assertThat(play.troubles()).as("troubles while it was played").isEmpty();
    assertThat(unknown).as("differences that nobody meant").isEmpty();
  }
}

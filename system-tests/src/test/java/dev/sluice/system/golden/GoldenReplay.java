package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.devkit.prometheus.ScriptedPrometheus;
import dev.sluice.devkit.up.Installation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int PARALLEL = Integer.getInteger("golden.parallel", 5);
  private static final Set<String> ONLY = Set.of(System.getProperty("golden.only", "").split(","));

  /** A loaded machine is slower than the one that recorded, on which a minute was enough. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Longer than the orchestrator holds a status back. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  private static final Duration LONGEST_NOISE = Duration.ofSeconds(60);

  private final ExecutorService players = Executors.newFixedThreadPool(PARALLEL);
  private final KnownDifferences known = KnownDifferences.read(GOLDEN.resolve("differences.yaml"));
  private final ScriptedPrometheus prometheus = new ScriptedPrometheus(0, Clock.systemUTC());
  private final KubernetesClient client;
  private final Installation installation;
  private final Recorder recorder;
  private final Results results;

  /**
   * Installs Sluice.
   *
   * @param world its name, for the results
   * @param folder for data and logs
   * @param kubeconfig of a cluster with the custom resource definitions
   */
  GoldenReplay(String world, Path folder, Path kubeconfig) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    recorder = Recorder.start(client);
    installation =
        Installation.start(
            new Installation.Settings(
                REPOSITORY,
                folder,
                false,
                kubeconfig,
                List.of(),
                "",
                List.of(prometheus.url()),
                "error",
                "",
                1));
    results = new Results(Path.of("target/golden").resolve(world));
  }

  /** One test for each scenario, and one for the list of differences where all were played. */
  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    boolean all = ONLY.contains("");
    for (Path folder : Scenario.folders(GOLDEN)) {
      if (all || ONLY.contains(folder.getFileName().toString())) {
        Scenario scenario = Scenario.read(folder, prometheus.url().replace("http://", ""));
        Future<Play> play = players.submit(() -> play(scenario));
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
    installation.close();
    recorder.close();
    client.close();
    prometheus.close();
  }

  /** What came of playing a scenario. */
  private record Play(List<String> troubles, List<Observed> log) {}

  // The log ends with the first quiet after the last input, as the recordings do.
  private Play play(Scenario scenario) throws InterruptedException {
    List<String> troubles = new Player(client, scenario, PATIENCE).play();
    recorder.awaitQuiet(scenario.name(), QUIET, LONGEST_NOISE);
    return new Play(troubles, recorder.log(scenario.name()));
  }

  private void check(Scenario scenario, Play play) {
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

package dev.sluice.system.golden;

import dev.sluice.devkit.prometheus.ScriptedPrometheus;
import dev.sluice.devkit.up.Installation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** One installation on a cluster, with everything around it that scenarios need. */
final class Stage implements AutoCloseable {

  /** The folders of the scenarios. */
  static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** As an API server notes what players do. */
  static final String USER_AGENT = "golden-player";

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /** A loaded machine is slower than the one that recorded, on which a minute was enough. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Longer than the orchestrator holds a status back. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  private static final Duration LONGEST_NOISE = Duration.ofSeconds(60);

  private final ScriptedPrometheus prometheus = new ScriptedPrometheus(0, Clock.systemUTC());
  private final KubernetesClient client;
  private final Recorder recorder;
  private final Installation installation;
  private final ExperimentPhases experiments;

  /**
   * Installs Sluice.
   *
   * @param folder for data and logs
   * @param kubeconfig of a cluster with the custom resource definitions
   * @param noData what an empty answer means: {@code inconclusive} or {@code error}
   */
  Stage(Path folder, Path kubeconfig, String noData) {
    client = client(kubeconfig);
    recorder = Recorder.start(client);
    experiments = new ExperimentPhases(client);
    installation = install(folder, kubeconfig, prometheus, noData);
  }

  /** A client that the audit knows from Sluice. */
  static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setUserAgent(USER_AGENT);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Sluice on a cluster, with one worker, for all namespaces. */
  static Installation install(
      Path folder, Path kubeconfig, ScriptedPrometheus prometheus, String noData) {
    return Installation.start(
        new Installation.Settings(
            REPOSITORY,
            folder,
            false,
            kubeconfig,
            List.of(),
            "",
            List.of(prometheus.url()),
            noData,
            "",
            1));
  }

  /** What came of playing a scenario. */
  record Play(List<String> troubles, List<Observed> log) {}

  /** Reads a folder of {@link #GOLDEN}; its metric provider is the one of this stage. */
  Scenario scenario(String folder) {
    return Scenario.read(GOLDEN.resolve(folder), provider());
  }

  /** Plays it; the log ends with the first quiet after the last input, as the recordings do. */
  Play play(Scenario scenario) throws InterruptedException {
    List<String> troubles = player(scenario).play();
    recorder.awaitQuiet(scenario.name(), QUIET, LONGEST_NOISE);
    return new Play(troubles, recorder.log(scenario.name()));
  }

  /** Somebody who plays a scenario step by step. */
  Player player(Scenario scenario) {
    return new Player(client, scenario, PATIENCE);
  }

  /** A client of the cluster. */
  KubernetesClient client() {
    return client;
  }

  /** Host and port of the scripted metric provider. */
  String provider() {
    return prometheus.url().replace("http://", "");
  }

  /** The broker, the database and the services. */
  Installation installation() {
    return installation;
  }

  @Override
  public void close() {
    installation.close();
    experiments.close();
    recorder.close();
    client.close();
    prometheus.close();
  }
}

package dev.sluice.devkit.up;

import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code sluice up}: Sluice on a cluster that is there, until somebody ends it. */
public final class Up {

  private static final String SECRET = "SLUICE_WEBHOOKS_REGISTRY_SECRET";
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final UpOptions options;
  private final Path repository;
  private final PrintStream out;

  private Up(UpOptions options, Path repository, PrintStream out) {
    this.options = options;
    this.repository = repository;
    this.out = out;
  }

  /**
   * Runs until the process is told to end.
   *
   * @param arguments as typed behind {@code sluice up}
   * @param repository the folder of the whole project
   * @return the exit code: 0, or 1 where the cluster is not fit for it
   * @throws IllegalArgumentException that says how it is written
   */
  public static int run(List<String> arguments, Path repository, PrintStream out) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(UpOptions.USAGE);
      return 0;
    }
    UpOptions options = UpOptions.parse(arguments, usualKubeconfig());
    try {
      return new Up(options, repository, out).run();
    } catch (KubernetesClientException unreachable) {
      System.err.println(
          "Error: the cluster of %s does not answer as it should: %s"
              .formatted(options.kubeconfig(), unreachable.getMessage()));
      return 1;
    }
  }

  private int run() {
    Config config = Config.fromKubeconfig(options.kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      List<String> refusals = refusals(client);
      if (!refusals.isEmpty()) {
        refusals.forEach(refusal -> System.err.println("Error: " + refusal));
        return 1;
      }
      if (options.installCrds()) {
        installDefinitions(client);
      }
      List<Rollout> rollouts = rollouts(client);
      out.println(where() + ": " + (rollouts.isEmpty() ? "no Rollouts yet" : "manages"));
      rollouts.forEach(rollout -> out.println("  " + Inventory.line(rollout)));
      if (options.dryRun()) {
        out.println("Nothing was changed (--dry-run).");
        return 0;
      }
    }
    return serve();
  }

  private List<String> refusals(KubernetesClient client) {
    List<String> missingRights = Rights.missing(client, options.namespaces());
    if (!missingRights.isEmpty()) {
      return missingRights.stream().map(right -> "this kubeconfig may not " + right).toList();
    }
    List<String> others = OtherControllers.live(client, options.namespaces(), Instant.now());
    if (!others.isEmpty() && !options.takeOver()) {
      return others.stream()
          .map(lease ->
              "an Argo Rollouts controller is at work here (%s): stop it, or say --take-over"
                  .formatted(lease))
          .toList();
    }
    List<String> missing = Definitions.missing(client);
    return missing.isEmpty() || options.installCrds()
        ? List.of()
        : List.of(
            "the cluster does not know "
                + String.join(", ", missing)
                + ": say --install-crds, or apply deploy/crds");
  }

  private void installDefinitions(KubernetesClient client) {
    out.println(options.dryRun() ? "would install:" : "installs:");
    Definitions.names().forEach(name -> out.println("  " + name));
    if (!options.dryRun()) {
      Definitions.install(client);
    }
  }

  // A dry run on a cluster that does not know the kind yet finds none.
  private List<Rollout> rollouts(KubernetesClient client) {
    return Definitions.missing(client).contains(CustomResource.getCRDName(Rollout.class))
        ? List.of()
        : Inventory.of(client, options.namespaces(), options.instanceId());
  }

  private int serve() {
    Path folder = options.data().orElseGet(Up::temporary);
    String secret = System.getenv().getOrDefault(SECRET, "");
    var ended = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  end.countDown();
                  await(ended, Duration.ofMinutes(1));
                },
                "end"));
    try (DataLock _ = DataLock.of(folder);
        Installation installation = Installation.start(settings(folder, secret))) {
      out.printf(
          """
            Kafka    %s
            webhook  %s%s
            folder   %s
          Sluice is ready. Ctrl-C ends it.
          """,
          installation.kafka().bootstrapServers(),
          installation.webhooks(),
          secret.isEmpty() ? " (closed: set " + SECRET + ")" : "",
          folder);
      while (!await(end, LOOK)) {
        installation
            .revive()
            .forEach(service -> out.println(service + " had ended by itself and runs again"));
      }
      out.println("Ending ...");
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private Installation.Settings settings(Path folder, String secret) {
    return new Installation.Settings(
        repository,
        folder,
        options.data().isPresent(),
        options.kubeconfig(),
        options.namespaces(),
        options.instanceId(),
        options.endpoints(),
        options.noData(),
        secret,
        options.workers());
  }

  private String where() {
    return options.namespaces().isEmpty()
        ? "all namespaces"
        : "namespace " + String.join(", ", options.namespaces());
  }

  private static boolean await(CountDownLatch latch, Duration time) {
    try {
      return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Path usualKubeconfig() {
    String named = System.getenv().getOrDefault("KUBECONFIG", "");
    return named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".kube", "config")
        : Path.of(named);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-up-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for data and logs", e);
    }
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Players of a cluster together, as one client of it. */
public final class Controllers implements AutoCloseable {
  /** On a pod: the port on 127.0.0.1 where it really answers, if it does. */
  public static final String PORT_ANNOTATION = "devkit.sluice.dev/port";

  /** As the audit counts them. */
  public static final String USER_AGENT = "sluice-devkit-controllers";

  private final KubernetesClient client;
  private final List<AutoCloseable> players;

  private Controllers(KubernetesClient client, List<AutoCloseable> players) {
    this.client = client;
    this.players = players;
  }

  /** Starts the players; they have seen everything that is there when this returns. */
  public static Controllers start(Path kubeconfig, PodRunner runner) {
    KubernetesClient client = client(kubeconfig);
    Clock clock = Clock.systemUTC();
    return new Controllers(
        client,
        List.of(
            new PodPlayer(client, runner, clock, Set.of()),
            new ReplicaSetController(client, clock),
            new DeploymentController(client),
            new JobController(client, clock),
            new EndpointsController(client)));
  }

  /** Starts the player of pods alone: for a cluster whose other controllers are the real ones. */
  public static Controllers startPods(Path kubeconfig, PodRunner runner) {
    return startPods(kubeconfig, runner, Set.of());
  }

  /**
   * Starts the player of the pods of some namespaces.
   *
   * @param namespaces none: all
   */
  public static Controllers startPods(Path kubeconfig, PodRunner runner, Set<String> namespaces) {
    KubernetesClient client = client(kubeconfig);
    return new Controllers(
        client, List.of(new PodPlayer(client, runner, Clock.systemUTC(), namespaces)));
  }

  private static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setUserAgent(USER_AGENT);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public void close() {
    for (AutoCloseable player : players) {
      try {
        player.close();
      } catch (Exception unexpected) {
        throw new IllegalStateException("a player does not end", unexpected);
      }
    }
    client.close();
  }
}

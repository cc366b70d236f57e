package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** All players together, as one client of the cluster. */
public final class Controllers implements AutoCloseable {
  /** On a pod: the port on 127.0.0.1 where it really answers, if it does. */
  public static final String PORT_ANNOTATION = "devkit.sluice.dev/port";

  /** As the audit counts them. */
  public static final String USER_AGENT = "sluice-devkit-controllers";

  private final KubernetesClient client;
  private final List<AutoCloseable> players;

  private Controllers(KubernetesClient client, PodRunner runner) {
    Clock clock = Clock.systemUTC();
    this.client = client;
    this.players =
        List.of(
            new PodPlayer(client, runner, clock),
            new ReplicaSetController(client, clock),
            new EndpointsController(client));
  }

  /** Starts the players; they have seen everything that is there when this returns. */
  public static Controllers start(Path kubeconfig, PodRunner runner) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setUserAgent(USER_AGENT);
    return new Controllers(new KubernetesClientBuilder().withConfig(config).build(), runner);
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

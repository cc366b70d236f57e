package dev.sluice.devkit.world;

import dev.sluice.devkit.postgres.PostgresServer.Durability;
import dev.sluice.devkit.workload.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a {@link World} is like.
 *
 * @param folder for data and logs; created if absent
 * @param repository whose services are run, as {@code ./mvnw package} built them
 * @param namespace whose pods, routes and Rollouts the edge and Prometheus follow
 * @param host of the users' requests
 * @param workers how many analysis workers, at least 1
 * @param partitions of each topic
 * @param images how each image of the application behaves
 * @param leak how long a leak takes from half of the memory limit to all of it
 * @param requestsPerSecond of users
 * @param durability of PostgreSQL
 * @param provider the address of Prometheus as manifests write it
 * @param plugins where step plugins are, each {@code URL} or {@code URL=URL}
 */
public record WorldSettings(
    Path folder,
    Path repository,
    String namespace,
    String host,
    int workers,
    int partitions,
    Map<String, Behaviour> images,
    Duration leak,
    int requestsPerSecond,
    Durability durability,
    String provider,
    List<String> plugins) {

  /** Copies map and list. */
  public WorldSettings {
    images = Map.copyOf(images);
    plugins = List.copyOf(plugins);
  }

  /** The checkout example: two workers, four partitions, 300 requests a second. */
  public static WorldSettings checkout(
      Path folder, Path repository, Map<String, Behaviour> images) {
    return new WorldSettings(
        folder,
        repository,
        "production",
        "checkout.example.com",
        2,
        4,
        images,
        Duration.ofSeconds(75),
        300,
        Durability.PROCESS_ONLY,
        "http://prometheus.monitoring:9090",
        List.of());
  }

  /** With another time for {@link #leak}. */
  public WorldSettings withLeak(Duration time) {
    return new WorldSettings(
        folder,
        repository,
        namespace,
        host,
        workers,
        partitions,
        images,
        time,
        requestsPerSecond,
        durability,
        provider,
        plugins);
  }

  /** With another number of {@link #workers}. */
  public WorldSettings withWorkers(int number) {
    return new WorldSettings(
        folder,
        repository,
        namespace,
        host,
        number,
        partitions,
        images,
        leak,
        requestsPerSecond,
        durability,
        provider,
        plugins);
  }

  /** With these {@link #plugins}. */
  public WorldSettings withPlugins(List<String> addresses) {
    return new WorldSettings(
        folder,
        repository,
        namespace,
        host,
        workers,
        partitions,
        images,
        leak,
        requestsPerSecond,
        durability,
        provider,
        addresses);
  }
}

package dev.sluice.devkit.prometheus;

import dev.sluice.devkit.process.Cache;
import dev.sluice.devkit.process.Child;
import dev.sluice.devkit.process.FreePorts;
import dev.sluice.devkit.process.Http;
import dev.sluice.devkit.process.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One Prometheus on 127.0.0.1 that scrapes every second what the files in its targets folder name.
 */
public final class PrometheusServer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 1s
        scrape_timeout: 1s
        evaluation_interval: 1s
      scrape_configs:
        - job_name: pods
          # The pods name themselves in what they export, as the kubelet's figures do.
          honor_labels: true
          file_sd_configs:
            - files: ['%s/*.json']
              refresh_interval: 1s
      """;

  private final int port = FreePorts.next();
  private final Path targets;
  private final Child child;

  private PrometheusServer(Path folder, Path program) throws IOException {
    targets = Files.createDirectories(folder.resolve("targets"));
    Path configuration =
        Files.writeString(folder.resolve("prometheus.yml"), CONFIGURATION.formatted(targets));
    child =
        new Child(
            "prometheus",
            List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-lifecycle",
                "--log.level=warn"),
            Map.of(),
            folder,
            folder.resolve("prometheus.log"));
  }

  /**
   * Starts a server and waits until it serves, at most 60 s. Where the machine has no Prometheus,
   * Debian's package is unpacked into the cache folder.
   *
   * @param folder for data, configuration and log; created if absent
   * @throws UncheckedIOException that says how to get Prometheus, where there is none
   */
  public static PrometheusServer start(Path folder) {
    try {
      Path program = new PrometheusProgram(Cache.folder(), System.getenv("PATH")).find();
      var server = new PrometheusServer(Files.createDirectories(folder).toAbsolutePath(), program);
      server.run();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** For queries, for instance {@code http://127.0.0.1:29090}; stays the same over restarts. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The server's port. */
  public int port() {
    return port;
  }

  /**
   * Where file discovery looks: JSON files as {@code [{"targets": ["127.0.0.1:8080"], "labels":
   * {"pod": "a"}}]}, seen within a second. Replace a file by a move, so that none is read half.
   */
  public Path targets() {
    return targets;
  }

  /** Reads the configuration file again. */
  public void reload() {
    int status = Http.post(URI.create(url() + "/-/reload"));
    if (status != 200) {
      throw new IllegalStateException("Prometheus answered " + status + " to a reload");
    }
  }

  /** Instant queries that it has answered since its start, whoever asked. */
  public long queries() {
    return Http.text(URI.create(url() + "/metrics"))
        .lines()
        .filter(line -> line.startsWith("prometheus_http_requests_total"))
        .filter(line -> line.contains("handler=\"/api/v1/query\""))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** {@code kill -9}. Data stays. */
  public void kill() {
    child.kill();
  }

  /** Orderly stop. Data stays. */
  public void stop() {
    child.stop();
  }

  /** Kills it if it runs, and starts it again on the same port and data. */
  public void restart() {
    child.kill();
    run();
  }

  /** Freezes it: connections stay open and nobody answers. */
  public void pause() {
    child.pause();
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    child.resume();
  }

  /** The process, for its memory, time and log. */
  public Child process() {
    return child;
  }

  /** Ends it at once. */
  @Override
  public void close() {
    child.kill();
  }

  private void run() {
    child.start();
    Ready.await(child, START, () -> Http.isOk(URI.create(url() + "/-/ready")));
  }
}

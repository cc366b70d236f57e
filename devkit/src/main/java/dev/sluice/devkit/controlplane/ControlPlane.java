package dev.sluice.devkit.controlplane;

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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A real API server on 127.0.0.1 with its own etcd and the controllers that were asked for. Nobody
 * schedules or runs pods. Everything lies in one folder: data, kubeconfig, logs, audit.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(180);

  // Go gives memory back sooner: many parts share one machine.
  private static final Map<String, String> SMALL = Map.of("GOGC", "50");

  /**
   * How to start.
   *
   * @param controllers that run; none: no kube-controller-manager
   * @param audit how much {@link #auditLog()} tells
   * @param compaction how often the past is forgotten: watches and continued lists from a version
   *     that is older than twice this time expire
   */
  public record Options(Set<Controller> controllers, AuditLevel audit, Duration compaction) {
    public Options {
      controllers = Set.copyOf(controllers);
    }

    /** The API server alone, without audit. */
    public static Options defaults() {
      return new Options(Set.of(), AuditLevel.NONE, Duration.ofMinutes(5));
    }

    public Options withControllers(Controller first, Controller... more) {
      return new Options(EnumSet.of(first, more), audit, compaction);
    }

    public Options withAudit(AuditLevel level) {
      return new Options(controllers, level, compaction);
    }

    public Options withCompaction(Duration interval) {
      return new Options(controllers, audit, interval);
    }
  }

  private final int port = FreePorts.next();
  private final String etcdUrl = "http://127.0.0.1:" + FreePorts.next();
  private final Credentials credentials;
  private final Path kubeconfig;
  private final Path auditLog;
  private final Child etcd;
  private final Child apiServer;
  private final Optional<Child> controllerManager;

  private ControlPlane(Assets assets, Path folder, Options options) throws IOException {
    credentials = new Credentials(folder.resolve("credentials"));
    kubeconfig = credentials.kubeconfig(url());
    auditLog = folder.resolve("audit.jsonl");
    Path key = credentials.serviceAccountKey();
    String peers = "http://127.0.0.1:" + FreePorts.next();
    etcd = child(assets, folder, "etcd", Commands.etcd(folder.resolve("etcd"), etcdUrl, peers));
    List<String> serve =
        new ArrayList<>(Commands.apiServer(port, etcdUrl, key, credentials, options));
    serve.addAll(Commands.audit(options.audit(), folder, auditLog));
    apiServer = child(assets, folder, "kube-apiserver", serve);
    controllerManager =
        options.controllers().isEmpty()
            ? Optional.empty()
            : Optional.of(
                child(
                    assets,
                    folder,
                    "kube-controller-manager",
                    Commands.controllerManager(kubeconfig, key, options)));
  }

  /**
   * Starts everything and waits until the API server is ready, at most 180 s.
   *
   * @param folder for everything that it writes; created if absent
   * @throws IllegalStateException with the end of the log of the part that does not get ready
   */
  public static ControlPlane start(Assets assets, Path folder, Options options) {
    try {
      Path absolute = Files.createDirectories(folder).toAbsolutePath();
      ControlPlane plane = new ControlPlane(assets, absolute, options);
      try {
        plane.restart();
      } catch (RuntimeException failed) {
        plane.close();
        throw failed;
      }
      return plane;
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot prepare a control plane in " + folder, unwritable);
    }
  }

  /** For instance {@code https://127.0.0.1:26443}; stays the same over restarts. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** The file by which kubectl and client libraries come in as an administrator. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** One line of JSON for each answered request, as far as the options ask for it. */
  public Path auditLog() {
    return auditLog;
  }

  /** The process, to pause, kill and measure it. */
  public Child etcd() {
    return etcd;
  }

  /** The process, to pause, kill and measure it. */
  public Child apiServer() {
    return apiServer;
  }

  /** The process; empty where no controllers were asked for. */
  public Optional<Child> controllerManager() {
    return controllerManager;
  }

  /** Starts what does not run, on the same ports and data, and waits until it is ready. */
  public void restart() {
    start(etcd);
    Ready.await(etcd, START, () -> Http.isOk(URI.create(etcdUrl + "/health")));
    start(apiServer);
    try (Readiness readiness = new Readiness(kubeconfig, credentials.certificate())) {
      Ready.await(apiServer, START, readiness::isReached);
    }
    controllerManager.ifPresent(ControlPlane::start);
  }

  /** Orderly stop. Data stays. */
  public void stop() {
    controllerManager.ifPresent(Child::stop);
    apiServer.stop();
    etcd.stop();
  }

  /** Ends everything at once. */
  @Override
  public void close() {
    controllerManager.ifPresent(Child::kill);
    apiServer.kill();
    etcd.kill();
  }

  private static void start(Child child) {
    if (!child.isAlive()) {
      child.start();
    }
  }

  private static Child child(Assets assets, Path folder, String name, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(assets.program(name).toString()));
    command.addAll(arguments);
    return new Child(name, command, SMALL, folder, folder.resolve(name + ".log"));
  }
}

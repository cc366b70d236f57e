package dev.sluice.devkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One instance of a service as it is shipped, with a port of its own on 127.0.0.1. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(120);

  /**
   * What to run.
   *
   * @param name of the instance, for messages and the log file
   * @param jar that {@code java -jar} starts, for instance {@code
   *     target/quarkus-app/quarkus-run.jar}
   * @param properties configuration as system properties; other users of the machine can read them
   * @param environment configuration that nobody else may read, and what libraries look for
   */
  public record Settings(
      String name, Path jar, Map<String, String> properties, Map<String, String> environment) {

    /** Copies the maps. */
    public Settings {
      properties = Map.copyOf(properties);
      environment = Map.copyOf(environment);
    }
  }

  private final int port = FreePorts.next();
  private final Child child;

  private ServiceProcess(Settings settings, Path folder) {
    var command = new ArrayList<String>();
    command.add(Child.javaProgram());
    command.addAll(Jvm.options("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=" + port);
    settings.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", settings.jar().toAbsolutePath().toString()));
    child =
        new Child(
            settings.name(),
            command,
            settings.environment(),
            folder,
            folder.resolve(settings.name() + ".log"));
  }

  /**
   * Starts it and waits until it is ready, at most 120 s.
   *
   * @param folder to run in, with the log; created if absent
   * @throws IllegalStateException with the end of its log, if it does not get ready
   */
  public static ServiceProcess start(Settings settings, Path folder) {
    var service = launch(settings, folder);
    service.awaitReady();
    return service;
  }

  /** Starts it and returns at once. */
  public static ServiceProcess launch(Settings settings, Path folder) {
    if (!Files.isRegularFile(settings.jar())) {
      throw new IllegalStateException(
          settings.jar() + " is not there: build it with ./mvnw -DskipTests package");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + folder, e);
    }
    var service = new ServiceProcess(settings, folder.toAbsolutePath());
    service.child.start();
    return service;
  }

  /** Waits until {@code /q/health/ready} says yes, at most 120 s. */
  public void awaitReady() {
    Ready.await(child, START, this::isReady);
  }

  /** Whether {@code /q/health/ready} says yes. */
  public boolean isReady() {
    return Http.isOk(URI.create(url() + "/q/health/ready"));
  }

  /** For instance {@code http://127.0.0.1:28080}; stays the same over restarts. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Its HTTP port. */
  public int port() {
    return port;
  }

  /** {@code kill -9}. */
  public void kill() {
    child.kill();
  }

  /** Orderly stop, ended by force after 20 s. */
  public void stop() {
    child.stop();
  }

  /** Kills it if it runs, starts it again on the same port and waits until it is ready. */
  public void restart() {
    child.kill();
    child.start();
    awaitReady();
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
}

package dev.sluice.devkit.kubernetes.controllers;

import dev.sluice.devkit.process.Child;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs what pods ask for: command and arguments of each container, as they are written, as a
 * process of this machine with the container's plain variables. Images mean nothing here. A pod is
 * ready while they run, and over when all have ended; none is restarted. Whoever may create such
 * pods runs commands on this machine.
 */
final class CommandPods implements PodRunner, AutoCloseable {
  /** What a node reports of a container that it cannot start. */
  private static final int CANNOT_START = 128;

  private static final Duration FOREVER = Duration.ofDays(365);

  private final Supplier<String> addresses;
  private final Path folder;
  private final Map<String, Map<String, Child>> running = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("command-pods").factory());

  CommandPods(Supplier<String> addresses) {
    this.addresses = addresses;
    try {
      this.folder = Files.createTempDirectory("sluice-commands-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for commands", e);
    }
  }

  @Override
  public void start(Pod pod, Report report) {
    Map<String, Integer> exitCodes = new LinkedHashMap<>();
    Map<String, Child> children = new LinkedHashMap<>();
    for (Container container : pod.getSpec().getContainers()) {
      Child child = child(pod, container);
      try {
        child.start();
        children.put(container.getName(), child);
      } catch (UncheckedIOException noSuchProgram) {
        exitCodes.put(container.getName(), CANNOT_START);
      }
    }
    running.put(pod.getMetadata().getUid(), children);
    if (!children.isEmpty()) {
      report.ready(addresses.get(), 0);
    }
    threads.execute(() -> {
      children.forEach((name, child) -> exitCodes.put(name, child.awaitExit(FOREVER)));
      running.remove(pod.getMetadata().getUid());
      report.ended(exitCodes);
    });
  }

  /** Ends at once what runs of the pod. */
  @Override
  public void stop(Pod pod, Runnable stopped) {
    Map<String, Child> children = running.remove(pod.getMetadata().getUid());
    if (children == null) {
      stopped.run();
      return;
    }
    threads.execute(() -> {
      children.values().forEach(Child::kill);
      stopped.run();
    });
  }

  @Override
  public void close() {
    running.values().stream().flatMap(pod -> pod.values().stream()).forEach(Child::kill);
    threads.shutdown();
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.toList()) {
        Files.delete(log);
      }
      Files.delete(folder);
    } catch (IOException leftBehind) {
      folder.toFile().deleteOnExit(); // a command left files of its own
    }
  }

  private Child child(Pod pod, Container container) {
    String name = pod.getMetadata().getName() + "." + container.getName();
    List<String> command = new ArrayList<>(container.getCommand());
    command.addAll(container.getArgs());
    Map<String, String> environment = new LinkedHashMap<>();
    container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    // Without a command the image would say what to run: it ends well.
    return new Child(
        name,
        command.isEmpty() ? List.of("true") : command,
        environment,
        folder,
        folder.resolve(name + ".log"));
  }
}

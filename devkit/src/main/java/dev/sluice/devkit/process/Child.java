package dev.sluice.devkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of our own that can be paused, killed and started again with the same command. It does
 * not outlive this process, however this process ends.
 */
public final class Child {

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final Path log;
  private Process process;

  /**
   * @param name for messages
   * @param command program and arguments
   * @param environment added to the one of this process
   * @param folder to run in; must exist
   * @param log where output is appended to
   */
  public Child(
      String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.log = log;
  }

  /** A child of this process's own JVM and class path: {@code java ... main arguments}. */
  public static Child java(
      String name,
      List<String> jvmArguments,
      Class<?> main,
      List<String> arguments,
      Path folder,
      Path log) {
    var command = new ArrayList<String>();
    command.add(javaProgram());
    command.addAll(jvmArguments);
    command.add(main.getName());
    command.addAll(arguments);
    // In the environment, because a test's class path can be longer than one argument may be.
    return new Child(name, command, Map.of("CLASSPATH", ClassPath.own()), folder, log);
  }

  /** The {@code java} that runs this process. */
  public static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts it; it must not run. Does not wait until it is ready. */
  public synchronized void start() {
    if (isAlive()) {
      throw new IllegalStateException(name + " runs already, as process " + pid());
    }
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + command.getFirst(), e);
    }
    Leash.hold(process);
  }

  /**
   * Ends it and its own children at once, as {@code kill -9} or a power cut does. Nothing happens
   * if it has ended.
   */
  public synchronized void kill() {
    if (process != null) {
      var family = family();
      family.forEach(ProcessHandle::destroyForcibly);
      await(process, GRACE);
      family.forEach(Child::awaitEnd);
    }
  }

  /** Asks it to end, and ends it after 20 s. */
  public synchronized void stop() {
    if (isAlive()) {
      // It may be ending by itself, as after a Ctrl-C that it got too.
      deliver("CONT", family());
      process.destroy();
      if (!await(process, GRACE)) {
        kill();
      }
    }
  }

  /** Freezes it and its own children: connections stay open and nobody answers. */
  public void pause() {
    signal("STOP");
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    signal("CONT");
  }

  /** Sends a signal, for instance {@code INT}, to it and its own children; it must run. */
  public synchronized void signal(String signal) {
    send(signal, family());
  }

  /** Sends a signal to it alone; it must run. */
  public synchronized void signalOnly(String signal) {
    send(signal, List.of(process.toHandle()));
  }

  private void send(String signal, List<ProcessHandle> receivers) {
    if (!isAlive()) {
      throw new IllegalStateException(name + " does not run");
    }
    deliver(signal, receivers);
  }

  private void deliver(String signal, List<ProcessHandle> receivers) {
    var arguments = new ArrayList<>(List.of("kill", "-" + signal));
    receivers.forEach(receiver -> arguments.add(Long.toString(receiver.pid())));
    try {
      var kill =
          new ProcessBuilder(arguments)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      await(kill, GRACE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
    }
  }

  /** Waits for its end and returns its exit code; kills it when the time is over. */
  public int awaitExit(Duration limit) {
    if (!await(process, limit)) {
      kill();
      throw new IllegalStateException(
          name + " does not end within " + limit.toSeconds() + " s:\n" + lastOutput());
    }
    return process.exitValue();
  }

  /** Whether it runs; a paused one does. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The process id of the last start. */
  public synchronized long pid() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return process.pid();
  }

  /** Resident memory in bytes; 0 where it does not run or the system does not say. */
  public long residentBytes() {
    try {
      return isAlive() ? Usage.residentBytes(pid()) : 0;
    } catch (IOException goneMeanwhile) {
      return 0;
    }
  }

  /** Processor time used since its last start. */
  public synchronized Duration processorTime() {
    return process == null
        ? Duration.ZERO
        : process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** For messages. */
  public String name() {
    return name;
  }

  /** Where its output is. */
  public Path log() {
    return log;
  }

  /** The last lines of its output, for error messages. */
  public String lastOutput() {
    try {
      var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "(cannot read " + log + ": " + e.getMessage() + ")";
    }
  }

  /** The process first: it must not answer the end of a child by starting another. */
  private List<ProcessHandle> family() {
    var family = new ArrayList<ProcessHandle>();
    family.add(process.toHandle());
    process.descendants().forEach(family::add);
    return family;
  }

  private static void awaitEnd(ProcessHandle handle) {
    try {
      handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + handle.pid() + " does not end", e);
    }
  }

  private static boolean await(Process process, Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return false;
    }
  }
}

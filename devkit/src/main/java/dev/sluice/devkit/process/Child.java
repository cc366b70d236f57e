package dev.sluice.devkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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

  /** Ends it at once, as {@code kill -9} or a power cut does. Nothing happens if it has ended. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      await(process, GRACE);
    }
  }

  /** Asks it to end, and ends it after 20 s. */
  public synchronized void stop() {
    if (process != null && process.isAlive()) {
      resume();
      process.destroy();
      if (!await(process, GRACE)) {
        kill();
      }
    }
  }

  /** Freezes it: its connections stay open and nobody answers. */
  public void pause() {
    signal("STOP");
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    signal("CONT");
  }

  /** Sends a signal, for instance {@code INT}; the process must run. */
  public synchronized void signal(String signal) {
    if (!isAlive()) {
      throw new IllegalStateException(name + " does not run");
    }
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (!await(kill, GRACE) || kill.exitValue() != 0) {
        throw new IllegalStateException("cannot send " + signal + " to " + name + " " + pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
    }
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

package dev.sluice.system.page;

import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A reader's shell, in a folder that is like the repository. */
final class Terminal implements Page.Shell, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ENDLESS = "./sluice up ";
  private static final String DRY_RUN = "--dry-run";

  private final Path folder;
  private final Map<String, String> environment;
  private Child running;
  private int seen;

  /**
   * Commands run here.
   *
   * @param environment added to the one of this process
   */
  Terminal(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<String> run(String command, int shown) {
    Child child = start(command);
    if (command.startsWith(ENDLESS) && !command.contains(DRY_RUN)) {
      running = child;
      await(command)
          .atMost(PATIENCE)
          .until(() -> !child.isAlive() || output(child).size() >= Math.max(shown, 1));
      if (!child.isAlive()) {
        throw new AssertionError("has ended: $ " + command + "\n" + child.lastOutput());
      }
      seen = output(child).size();
      return output(child);
    }
    if (child.awaitExit(PATIENCE) != 0) {
      throw new AssertionError("failed: $ " + command + "\n" + child.lastOutput());
    }
    return output(child);
  }

  @Override
  public List<String> interrupt() {
    // The key reaches all processes of the terminal.
    running.signal("INT");
    running.awaitExit(PATIENCE);
    List<String> output = output(running);
    return output.subList(seen, output.size());
  }

  @Override
  public void close() {
    if (running != null) {
      running.kill();
    }
  }

  private Child start(String command) {
    try {
      Path log = Files.createTempFile(folder, "command", ".log");
      var child = new Child(command, List.of("sh", "-c", command), environment, folder, log);
      child.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> output(Child child) {
    try {
      return Files.readAllLines(child.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

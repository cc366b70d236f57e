package dev.sluice.devkit.command;

import dev.sluice.devkit.demo.Demo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code ./sluice} starts. */
public final class Launcher {

  private static final String USAGE =
      "usage: sluice demo [--speed N] [--bad errors|latency|leak] [--keep]\n"
          + Verbs.USAGE.values().stream()
              .map(usage -> "       sluice " + usage)
              .collect(Collectors.joining("\n"));

  private Launcher() {}

  /** Exit code 0: done; 1: it did not come out; 2: the command line is wrong. */
  public static void main(String[] args) {
    List<String> line = List.of(args);
    if (line.isEmpty() || line.contains("--help") || line.contains("-h")) {
      System.out.println(USAGE);
      System.exit(line.isEmpty() ? 2 : 0);
    }
    System.exit(run(line));
  }

  private static int run(List<String> line) {
    try {
      if (line.getFirst().equals("demo")) {
        Path repository = Path.of(System.getProperty("sluice.repository", "."));
        return Demo.run(line.subList(1, line.size()), repository.toAbsolutePath(), System.out);
      }
      if (Verbs.USAGE.containsKey(line.getFirst())) {
        RolloutCommands.run(line);
        return 0;
      }
      System.err.println("Error: unknown command " + line.getFirst() + "\n" + USAGE);
      return 2;
    } catch (IllegalArgumentException e) {
      System.err.println("Error: " + e.getMessage());
      return 2;
    }
  }
}

package dev.sluice.devkit.command;

import dev.sluice.devkit.demo.Demo;
import dev.sluice.devkit.up.Up;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code ./sluice} starts. */
public final class Launcher {

  private static final String USAGE =
      "usage: sluice demo [--speed N] [--bad errors|latency|leak] [--keep]\n"
          + "       sluice up [--kubeconfig FILE] (--namespace NS ... | --all-namespaces) [OPTIONS]\n"
          + Verbs.USAGE.values().stream()
              .map(usage -> "       sluice " + usage)
              .collect(Collectors.joining("\n"));

  private Launcher() {}

  /** Exit code 0: done; 1: it did not come out; 2: the command line is wrong. */
  public static void main(String[] args) {
    List<String> line = List.of(args);
    boolean asksForHelp = line.contains("--help") || line.contains("-h");
    if (line.isEmpty() || (asksForHelp && !line.getFirst().equals("up"))) {
      System.out.println(USAGE);
      System.exit(line.isEmpty() ? 2 : 0);
    }
    System.exit(run(line));
  }

  private static int run(List<String> line) {
    Path repository = Path.of(System.getProperty("sluice.repository", ".")).toAbsolutePath();
    List<String> arguments = line.subList(1, line.size());
    try {
      if (line.getFirst().equals("demo")) {
        return Demo.run(arguments, repository, System.out);
      }
      if (line.getFirst().equals("up")) {
        return Up.run(arguments, repository, System.out);
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

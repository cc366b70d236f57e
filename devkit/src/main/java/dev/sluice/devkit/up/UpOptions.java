package dev.sluice.devkit.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for.
 *
 * @param kubeconfig of the cluster
 * @param namespaces to work on; empty: all
 * @param installCrds whether the custom resource definitions are installed first
 * @param endpoints metric providers that may be asked, each {@code URL} or {@code URL=URL}
 * @param noData what an empty answer means: {@code inconclusive} or {@code error}
 * @param instanceId whose Rollouts are worked on; empty: those that are marked for nobody
 * @param workers how many analysis workers, at least 1
 * @param data folder that is kept; empty: one that is thrown away
 * @param takeOver whether another controller's live lease is overridden
 * @param dryRun whether it only says what it would manage
 */
record UpOptions(
    Path kubeconfig,
    List<String> namespaces,
    boolean installCrds,
    List<String> endpoints,
    String noData,
    String instanceId,
    int workers,
    Optional<Path> data,
    boolean takeOver,
    boolean dryRun) {

  static final String USAGE =
      """
      usage: sluice up [--kubeconfig FILE] (--namespace NS ... | --all-namespaces)
               [--install-crds] [--allow-endpoint URL[=URL]] ... [--no-data error|inconclusive]
               [--instance-id ID] [--workers N] [--data DIR] [--take-over] [--dry-run]
      SLUICE_JAVA_OPTIONS: of the services and the broker; without, they start quickly in 256 MB\
      """;

  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /** Copies the lists. */
  UpOptions {
    namespaces = List.copyOf(namespaces);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Reads a command line.
   *
   * @param defaultKubeconfig where none is named
   * @throws IllegalArgumentException that says how it is written
   */
  static UpOptions parse(List<String> arguments, Path defaultKubeconfig) {
    Path kubeconfig = defaultKubeconfig;
    var namespaces = new ArrayList<String>();
    boolean all = false;
    boolean installCrds = false;
    var endpoints = new ArrayList<String>();
    String noData = "inconclusive";
    String instanceId = "";
    int workers = 1;
    Path data = null;
    boolean takeOver = false;
    boolean dryRun = false;
    for (Iterator<String> rest = split(arguments).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--kubeconfig" -> kubeconfig = Path.of(value(option, rest));
        case "--namespace", "-n" -> namespaces.add(named(option, value(option, rest)));
        case "--all-namespaces", "-A" -> all = true;
        case "--install-crds" -> installCrds = true;
        case "--allow-endpoint" -> endpoints.add(endpoint(value(option, rest)));
        case "--no-data" -> noData = noData(value(option, rest));
        case "--instance-id" -> instanceId = value(option, rest);
        case "--workers" -> workers = workers(value(option, rest));
        case "--data" -> data = Path.of(value(option, rest));
        case "--take-over" -> takeOver = true;
        case "--dry-run" -> dryRun = true;
        default -> throw wrong("unknown option " + option);
      }
    }
    if (all == !namespaces.isEmpty()) {
      throw wrong("say where: --namespace NS, as often as needed, or --all-namespaces");
    }
    if (!Files.isRegularFile(kubeconfig)) {
      throw new IllegalArgumentException(
          "there is no kubeconfig " + kubeconfig.toAbsolutePath() + ": name one by --kubeconfig");
    }
    return new UpOptions(
        kubeconfig,
        namespaces,
        installCrds,
        endpoints,
        noData,
        instanceId,
        workers,
        Optional.ofNullable(data),
        takeOver,
        dryRun);
  }

  // "--namespace=production" is what fingers type, too.
  private static List<String> split(List<String> arguments) {
    var split = new ArrayList<String>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        split.add(argument.substring(0, equals));
        split.add(argument.substring(equals + 1));
      } else {
        split.add(argument);
      }
    }
    return split;
  }

  private static String named(String option, String text) {
    if (!text.matches(NAME)) {
      throw wrong(option + " is the name of a namespace, not '" + text + "'");
    }
    return text;
  }

  private static String endpoint(String text) {
    for (String url : text.split("=", 2)) {
      if (!url.matches("https?://[^/,\\s]+(/[^,\\s]*)?")) {
        throw wrong("--allow-endpoint is URL, or URL=URL, not '" + text + "'");
      }
    }
    return text;
  }

  private static String noData(String text) {
    if (!List.of("error", "inconclusive").contains(text)) {
      throw wrong("--no-data is error or inconclusive, not '" + text + "'");
    }
    return text;
  }

  private static int workers(String text) {
    if (!text.matches("[1-9][0-9]?")) {
      throw wrong("--workers is a number from 1 to 99, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw wrong(option + " needs a value");
    }
    return rest.next();
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + "\n" + USAGE);
  }
}

package dev.sluice.devkit.command;

import dev.sluice.devkit.command.Command.Reach;
import dev.sluice.devkit.command.Command.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was typed, in the grammar of {@code kubectl argo rollouts}.
 *
 * @param words without options
 * @param values of options that have one
 * @param flags the other options
 */
record Line(List<String> words, Map<String, String> values, Set<String> flags) {

  private static final Map<String, String> VALUED =
      Map.of(
          "-n", "--namespace",
          "--namespace", "--namespace",
          "--kubeconfig", "--kubeconfig",
          "--to-revision", "--to-revision");

  private static final Map<String, String> FLAGS =
      Map.of(
          "--full", "--full",
          "-c", "--skip-current-step",
          "--skip-current-step", "--skip-current-step",
          "-a", "--skip-all-steps",
          "--skip-all-steps", "--skip-all-steps");

  private static final Map<String, Set<String>> FLAGS_OF =
      Map.of("promote", Set.of("--full", "--skip-current-step", "--skip-all-steps"));

  static Line parse(List<String> arguments) {
    var words = new ArrayList<String>();
    var values = new HashMap<String, String>();
    var flags = new HashSet<String>();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String name =
          argument.startsWith("-") && equals > 0 ? argument.substring(0, equals) : argument;
      if (VALUED.containsKey(name)) {
        if (equals < 0 && !rest.hasNext()) {
          throw new IllegalArgumentException(argument + " needs a value");
        }
        values.put(VALUED.get(name), equals < 0 ? rest.next() : argument.substring(equals + 1));
      } else if (FLAGS.containsKey(argument)) {
        flags.add(FLAGS.get(argument));
      } else {
        words.add(argument);
      }
    }
    var line = new Line(List.copyOf(words), Map.copyOf(values), Set.copyOf(flags));
    line.check();
    return line;
  }

  String verb() {
    return words.getFirst();
  }

  /** Of the object that it is about. */
  String name() {
    return words.get(isImages() ? 2 : hasKind() ? 2 : 1);
  }

  /** Whether it only asks. */
  boolean isStatus() {
    return verb().equals("status");
  }

  /** Empty for the kubeconfig's own. */
  String namespace() {
    return values.getOrDefault("--namespace", "");
  }

  /** Empty for the usual place. */
  String kubeconfig() {
    return values.getOrDefault("--kubeconfig", "");
  }

  /** What it wants; of {@code status} it wants nothing. */
  Command command() {
    return switch (verb()) {
      case "promote" -> new Command.Promote(reach());
      case "abort" -> new Command.Abort();
      case "retry" -> new Command.Retry(kind());
      case "pause" -> new Command.Pause();
      case "restart" -> new Command.Restart();
      case "undo" -> new Command.Undo(Integer.parseInt(values.getOrDefault("--to-revision", "0")));
      case "set" -> {
        String[] assignment = words.get(3).split("=", 2);
        yield new Command.SetImage(assignment[0], assignment[1]);
      }
      case "terminate" -> new Command.Terminate(kind());
      default -> throw new IllegalArgumentException("unknown command " + verb());
    };
  }

  private Reach reach() {
    return flags.contains("--full")
        ? Reach.FULL
        : flags.contains("--skip-current-step")
            ? Reach.SKIP_STEP
            : flags.contains("--skip-all-steps") ? Reach.SKIP_ALL_STEPS : Reach.NEXT;
  }

  private Target kind() {
    return hasKind() ? kind(words.get(1)) : Target.ROLLOUT;
  }

  private static Target kind(String word) {
    return switch (word) {
      case "rollout" -> Target.ROLLOUT;
      case "analysisrun" -> Target.ANALYSIS_RUN;
      case "experiment" -> Target.EXPERIMENT;
      default -> throw new IllegalArgumentException("unknown kind " + word);
    };
  }

  private boolean isImages() {
    return verb().equals("set");
  }

  // "retry NAME" is short for "retry rollout NAME".
  private boolean hasKind() {
    return verb().equals("terminate") || (verb().equals("retry") && words.size() == 3);
  }

  private void check() {
    boolean complete =
        !words.isEmpty()
            && words.stream().noneMatch(word -> word.startsWith("-"))
            && FLAGS_OF.getOrDefault(verb(), Set.of()).containsAll(flags)
            && (verb().equals("undo") || !values.containsKey("--to-revision"))
            && switch (verb()) {
              case "set" ->
                  words.size() == 4
                      && words.get(1).equals("image")
                      && words.get(3).indexOf('=') > 0;
              case "terminate" ->
                  words.size() == 3 && Set.of("analysisrun", "experiment").contains(words.get(1));
              case "retry" ->
                  words.size() == 2
                      || (words.size() == 3
                          && Set.of("rollout", "experiment").contains(words.get(1)));
              default -> words.size() == 2;
            };
    if (!complete) {
      throw new IllegalArgumentException(
          "usage: sluice " + Verbs.USAGE.getOrDefault(words.isEmpty() ? "" : verb(), "VERB NAME"));
    }
  }
}

package dev.sluice.devkit.demo;

import dev.sluice.devkit.workload.Behaviour;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for.
 *
 * @param speed divides all durations of the manifests; 1 applies them as they are
 * @param bad what is wrong with the second image
 * @param keep whether everything stays up after the story
 */
record DemoOptions(int speed, Behaviour bad, boolean keep) {

  static final String USAGE = "usage: sluice demo [--speed N] [--bad errors|latency|leak] [--keep]";

  /**
   * @throws IllegalArgumentException that says how it is written
   */
  static DemoOptions parse(List<String> arguments) {
    int speed = 20;
    var bad = Behaviour.ERRORS;
    boolean keep = false;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--speed" -> speed = speed(value(option, rest));
        case "--bad" -> bad = bad(value(option, rest));
        case "--keep" -> keep = true;
        default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
      }
    }
    return new DemoOptions(speed, bad, keep);
  }

  private static int speed(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("--speed is a whole number from 1 on, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static Behaviour bad(String text) {
    return switch (text) {
      case "errors" -> Behaviour.ERRORS;
      case "latency" -> Behaviour.LATENCY;
      case "leak" -> Behaviour.LEAK;
      default ->
          throw new IllegalArgumentException("--bad is errors, latency or leak, not " + text);
    };
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
    }
    return rest.next();
  }
}

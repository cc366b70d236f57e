package dev.sluice.system.simulator;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code ./sluice simulate} is asked for. */
final class SimulateOptions {

  static final String USAGE =
      """
      Usage: ./sluice simulate [options]
        --seeds N          how many runs, each out of one seed (10000)
        --from N           the first seed (1)
        --without GUARD    take a guard out: see docs/simulator.md
        --ask ID           ask this invariant alone, for instance I15
        --mode MODE        safety: play only while things go wrong; liveness: to the rest (liveness)
      To play one run and print all of it:
        --seed N           the seed
        --acts 1,2         only these acts of people; none: nobody does anything
        --strikes A.1,B.2  only these strikes of faults; none: nothing goes wrong
        --steps NAME       these steps instead of those that the seed says
      """;

  private long seeds = Campaign.USUALLY;
  private long from = 1;
  private boolean one;
  private Mode mode = Mode.LIVENESS;
  private Guards guards = Guards.ALL;
  private String asked = "";
  private Script script = Script.of(1);

  private SimulateOptions() {}

  /** Refuses what it does not know. */
  static SimulateOptions parse(List<String> arguments) {
    SimulateOptions options = new SimulateOptions();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      options.take(name, rest.next());
    }
    return options;
  }

  private void take(String name, String value) {
    switch (name) {
      case "--seeds" -> seeds = Long.parseLong(value);
      case "--from" -> from = Long.parseLong(value);
      case "--without" -> guards = new Guards(Guard.valueOf(value));
      case "--ask" -> asked = value;
      case "--mode" -> mode = Mode.valueOf(value.toUpperCase(Locale.ROOT));
      case "--seed" -> {
        one = true;
        script = new Script(Long.parseLong(value), script.acts(), script.strikes(), script.steps());
      }
      case "--acts" -> script = script.withActs(all(value, Integer::valueOf));
      case "--strikes" -> script = script.withStrikes(all(value, Script.Strike::parse));
      case "--steps" -> script = script.withSteps(value);
      default -> throw new IllegalArgumentException("no such option: " + name);
    }
  }

  private static <T> SortedSet<T> all(String value, Function<String, T> parse) {
    return value.equals("none")
        ? new TreeSet<>()
        : Arrays.stream(value.split(",")).map(parse).collect(Collectors.toCollection(TreeSet::new));
  }

  long first() {
    return from;
  }

  long last() {
    return from + seeds - 1;
  }

  /** Whether one run is to be played, and all of it printed. */
  boolean isOne() {
    return one;
  }

  Script script() {
    return script;
  }

  Guards guards() {
    return guards;
  }

  Mode mode() {
    return mode;
  }

  /** The id of the only invariant that is asked; empty if all are. */
  String asked() {
    return asked;
  }
}

package dev.sluice.system.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * What is played: all that a seed makes of a run, or less of it. Acts of people are numbered as
 * they were planned, the strikes of each fault as they would have come; what is left out shortens a
 * run that fails.
 *
 * @param seed decides everything else
 * @param acts those that are left; null where all are
 * @param strikes those that are left; null where all are
 * @param steps the name of one of {@link StepLists} instead of what the seed says; null for that
 */
record Script(long seed, SortedSet<Integer> acts, SortedSet<Strike> strikes, String steps) {

  /** One time that a fault would have come, out of all. */
  record Strike(Fault fault, int number) implements Comparable<Strike> {

    static Strike parse(String text) {
      int dot = text.indexOf('.');
      return new Strike(
          Fault.valueOf(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(Strike other) {
      int byFault = fault.compareTo(other.fault);
      return byFault != 0 ? byFault : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
      return fault + "." + number;
    }
  }

  /** All of it. */
  static Script of(long seed) {
    return new Script(seed, null, null, null);
  }

  boolean hasAct(int number) {
    return acts == null || acts.contains(number);
  }

  boolean has(Strike strike) {
    return strikes == null || strikes.contains(strike);
  }

  Setting setting(Chaos chaos) {
    Setting drawn = Setting.by(chaos);
    return steps == null ? drawn : drawn.withSteps(steps);
  }

  Script withActs(SortedSet<Integer> left) {
    return new Script(seed, left, strikes, steps);
  }

  Script withStrikes(SortedSet<Strike> left) {
    return new Script(seed, acts, left, steps);
  }

  Script withSteps(String name) {
    return new Script(seed, acts, strikes, name);
  }

  /** As the command takes it. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--seed", Long.toString(seed)));
    if (acts != null) {
      arguments.addAll(List.of("--acts", list(acts)));
    }
    if (strikes != null) {
      arguments.addAll(List.of("--strikes", list(strikes)));
    }
    if (steps != null) {
      arguments.addAll(List.of("--steps", steps));
    }
    return arguments;
  }

  private static String list(SortedSet<?> all) {
    return all.isEmpty() ? "none" : String.join(",", all.stream().map(Object::toString).toList());
  }
}

package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * A run that broke.
 *
 * @param script what was played
 * @param invariant the id of the one that broke; the type of what was thrown where none was asked
 * @param message what is wrong
 * @param trace what happened until then
 * @param acts planned in it
 * @param strikes that would have come
 * @param cause what was thrown
 */
record Failure(
    Script script,
    String invariant,
    String message,
    List<String> trace,
    int acts,
    SortedSet<Script.Strike> strikes,
    Throwable cause) {

  /** Plays it; empty if nothing breaks. */
  static Optional<Failure> of(
      Script script, Guards guards, Supplier<List<Invariant>> asked, Trace.Lines lines) {
    return of(new Simulation(script, guards, lines, asked), Mode.LIVENESS);
  }

  /** Plays it up to this mode; empty if nothing breaks. */
  static Optional<Failure> of(Simulation simulation, Mode last) {
    try {
      simulation.run(last);
      return Optional.empty();
    } catch (Checks.Violated violated) {
      return Optional.of(of(simulation, violated.invariant(), violated));
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(of(simulation, e.getClass().getSimpleName(), e));
    }
  }

  private static Failure of(Simulation simulation, String invariant, Throwable cause) {
    return new Failure(
        simulation.script(),
        invariant,
        simulation.mode() + ": " + cause.getMessage(),
        simulation.trace().tail(),
        simulation.chaos().acts(),
        simulation.chaos().would(),
        cause);
  }

  /** What happened, a line each, and the verdict. */
  List<String> lines(Guards guards) {
    List<String> lines = new ArrayList<>(trace);
    lines.addAll(verdict(guards));
    return lines;
  }

  /** What is wrong, and the command that plays it again. */
  List<String> verdict(Guards guards) {
    return List.of(
        "",
        "seed " + script.seed() + " breaks " + invariant + " in mode " + message,
        "again: ./sluice simulate " + String.join(" ", script.arguments()) + without(guards));
  }

  private static String without(Guards guards) {
    return guards.missing() == null ? "" : " --without " + guards.missing();
  }
}

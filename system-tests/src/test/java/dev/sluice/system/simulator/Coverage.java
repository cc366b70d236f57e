package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the core was asked and answered, over all runs that share this. */
final class Coverage {

  /**
   * A move of the progress.
   *
   * @param from simple name of the type
   * @param signal what led to it, with the kind of command
   * @param to simple name of the type
   */
  record Move(String from, String signal, String to) implements Comparable<Move> {
    @Override
    public int compareTo(Move other) {
      int byFrom = from.compareTo(other.from);
      int byTo = to.compareTo(other.to);
      return byFrom != 0 ? byFrom : byTo != 0 ? byTo : signal.compareTo(other.signal);
    }
  }

  private final SortedMap<String, Integer> signals = new TreeMap<>();
  private final SortedMap<String, Integer> facts = new TreeMap<>();
  private final SortedMap<Move, Integer> moves = new TreeMap<>();

  void visit(Observation.Decided decided) {
    String signal = name(decided.signal());
    count(signals, decided.signal().getClass().getSimpleName());
    decided.decision().entries().forEach(e -> count(facts, e.fact().getClass().getSimpleName()));
    count(
        moves,
        new Move(
            name(decided.before().progress()), signal, name(decided.decision().next().progress())));
  }

  private static <T> void count(Map<T, Integer> counts, T what) {
    counts.merge(what, 1, Integer::sum);
  }

  private static String name(Progress progress) {
    return progress.getClass().getSimpleName();
  }

  private static String name(Signal signal) {
    return signal instanceof Signal.CommandReceived(_, Command command)
        ? "CommandReceived " + command.getClass().getSimpleName()
        : signal.getClass().getSimpleName();
  }

  void add(Coverage other) {
    other.signals.forEach((k, n) -> signals.merge(k, n, Integer::sum));
    other.facts.forEach((k, n) -> facts.merge(k, n, Integer::sum));
    other.moves.forEach((k, n) -> moves.merge(k, n, Integer::sum));
  }

  SortedMap<String, Integer> signals() {
    return Collections.unmodifiableSortedMap(signals);
  }

  SortedMap<String, Integer> facts() {
    return Collections.unmodifiableSortedMap(facts);
  }

  SortedMap<Move, Integer> moves() {
    return Collections.unmodifiableSortedMap(moves);
  }
}

package dev.sluice.system.simulator;

import dev.sluice.events.TrafficApplied;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the cores were asked and answered, over all runs that share this. */
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

    boolean changes() {
      return !from.equals(to);
    }
  }

  private final SortedMap<String, Integer> kinds = new TreeMap<>();
  private final SortedMap<Move, Integer> moves = new TreeMap<>();
  private final SortedMap<String, Integer> verdicts = new TreeMap<>();

  /** A value of a sealed type was met. */
  void visit(Object value) {
    count(kinds, Places.kind(value.getClass()));
  }

  void visit(Observation.Decided decided) {
    visit(decided.signal());
    if (decided.signal() instanceof Signal.CommandReceived(_, Command command)) {
      visit(command);
      if (command instanceof Command.Change(Edit edit)) {
        visit(edit);
      }
    }
    if (decided.signal() instanceof Signal.RouteReported(_, TrafficApplied.Outcome outcome)) {
      visit(outcome);
    }
    Decision decision = decided.decision();
    decision.entries().forEach(e -> visit(e.fact()));
    decision.outgoing().forEach(this::visit);
    visit(decision.next().restart());
    if (decision.next().isKnown()) {
      visit(decision.next().specification().splitting());
      visit(decision.next().specification().scaling().threshold());
    }
    if (decision.next().progress() instanceof Progress.Stepping(int step)) {
      visit(decision.next().specification().steps().get(step));
    }
    for (Run run : decided.before().runs().values()) {
      if (decided.signal() instanceof Signal.VerdictReported(String id, _, var phase, _)
          && id.equals(run.id())) {
        verdicts.merge(Places.verdict(run.role(), phase), 1, Integer::sum);
      }
    }
    count(
        moves,
        new Move(
            Places.state(decided.before().progress()),
            Places.signal(decided.signal()),
            Places.state(decision.next().progress())));
  }

  private static <T> void count(Map<T, Integer> counts, T what) {
    counts.merge(what, 1, Integer::sum);
  }

  void add(Coverage other) {
    other.kinds.forEach((k, n) -> kinds.merge(k, n, Integer::sum));
    other.verdicts.forEach((k, n) -> verdicts.merge(k, n, Integer::sum));
    other.moves.forEach((k, n) -> moves.merge(k, n, Integer::sum));
  }

  /** All that was visited, as {@link Places} names it, and how often. */
  SortedMap<String, Integer> visited() {
    SortedMap<String, Integer> visited = new TreeMap<>(kinds);
    visited.putAll(verdicts);
    moves.forEach((move, times) -> {
      visited.merge(Places.answer(move.from(), move.signal()), times, Integer::sum);
      if (move.changes()) {
        visited.merge(Places.move(move.from(), move.to()), times, Integer::sum);
      }
    });
    return visited;
  }

  SortedMap<Move, Integer> moves() {
    return Collections.unmodifiableSortedMap(moves);
  }
}

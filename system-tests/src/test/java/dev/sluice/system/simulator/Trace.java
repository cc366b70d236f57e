package dev.sluice.system.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened, a line each. Lines are written out only where somebody reads them: a supplier may
 * hold on to values that never change, to nothing else.
 */
final class Trace {

  private static final int KEPT = 60;

  private final Schedule schedule;
  private final boolean loud;
  private final Deque<Supplier<String>> last = new ArrayDeque<>();

  Trace(Schedule schedule, boolean loud) {
    this.schedule = schedule;
    this.loud = loud;
  }

  void line(String who, Supplier<String> what) {
    var at = schedule.now();
    Supplier<String> line =
        () -> {
          double seconds = Duration.between(Schedule.START, at).toMillis() / 1000.0;
          return "T+%9.3f %-12s %s".formatted(seconds, who, what.get());
        };
    if (loud) {
      System.out.println(line.get());
    }
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  /** The end of the run. */
  List<String> tail() {
    return last.stream().map(Supplier::get).toList();
  }
}

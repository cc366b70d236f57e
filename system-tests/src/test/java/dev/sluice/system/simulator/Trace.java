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

  /** Which lines somebody wants. */
  enum Lines {
    /** The end, if it fails. */
    LAST(60),
    /** All, if it fails. */
    ALL(Integer.MAX_VALUE),
    /** All, at once. */
    AT_ONCE(60);

    private final int kept;

    Lines(int kept) {
      this.kept = kept;
    }
  }

  private final Schedule schedule;
  private final Lines lines;
  private final Deque<Supplier<String>> last = new ArrayDeque<>();

  Trace(Schedule schedule, Lines lines) {
    this.schedule = schedule;
    this.lines = lines;
  }

  void line(String who, Supplier<String> what) {
    var at = schedule.now();
    Supplier<String> line =
        () -> {
          double seconds = Duration.between(Schedule.START, at).toMillis() / 1000.0;
          return "T+%9.3f %-13s %s".formatted(seconds, who, what.get());
        };
    if (lines == Lines.AT_ONCE) {
      System.out.println(line.get());
    }
    if (last.size() == lines.kept) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  /** The end of the run. */
  List<String> tail() {
    return last.stream().map(Supplier::get).toList();
  }
}

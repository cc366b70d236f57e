package dev.sluice.system.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What everything in a run stands on: time, chance, and the record of both. */
record Ground(Schedule schedule, Chaos chaos, Trace trace, Troubles troubles) {

  Instant now() {
    return schedule.now();
  }

  /** A stretch of trouble that begins now. */
  Duration trouble(Duration length) {
    troubles.add(now(), now().plus(length));
    return length;
  }

  /** A neighbour is away for a while. */
  void away(Fault fault, Duration length, Consumer<Boolean> away) {
    trace.line("weather", () -> fault + " for " + length.toSeconds() + " s");
    trouble(length);
    away.accept(true);
    schedule.after(length, () -> away.accept(false));
  }
}

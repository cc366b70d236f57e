package dev.sluice.system.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time, and what is to happen when. Things of the same moment happen in the order in which
 * they were planned.
 */
final class Schedule {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private Instant now = START;
  private long order;

  private record Planned(Instant at, long order, Runnable work) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Instant now() {
    return now;
  }

  void after(Duration delay, Runnable work) {
    at(now.plus(delay), work);
  }

  void at(Instant moment, Runnable work) {
    planned.add(new Planned(moment.isBefore(now) ? now : moment, order++, work));
  }

  /** Does the next thing that is due until then; false where there is none. */
  boolean next(Instant until) {
    if (planned.isEmpty() || planned.peek().at().isAfter(until)) {
      now = until;
      return false;
    }
    Planned next = planned.poll();
    now = next.at();
    next.work().run();
    return true;
  }
}

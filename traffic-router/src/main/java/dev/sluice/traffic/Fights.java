package dev.sluice.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** How often somebody else changed what we wrote, within the last minute. */
record Fights(List<Instant> times) {

  static final Fights NONE = new Fights(List.of());
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int TOLERATED = 4;

  Fights {
    times = List.copyOf(times);
  }

  Fights and(Instant another) {
    return new Fights(Stream.concat(at(another).times.stream(), Stream.of(another)).toList());
  }

  /** Without those that are too old to count. */
  Fights at(Instant now) {
    return new Fights(times.stream().filter(t -> t.isAfter(now.minus(WINDOW))).toList());
  }

  boolean areTooMany() {
    return times.size() > TOLERATED;
  }

  String message() {
    return "contended: somebody else changed the route %d times within a minute; each time it was put back"
        .formatted(times.size());
  }
}

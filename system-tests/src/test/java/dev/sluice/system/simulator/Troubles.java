package dev.sluice.system.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of time in which something keeps the system from doing its work at once: a dead or
 * sleeping process, a neighbour away, a write on its way for long. What is promised "within three
 * seconds" is counted in undisturbed ones.
 */
final class Troubles {

  private record Stretch(Instant from, Instant to) {}

  private final List<Stretch> stretches = new ArrayList<>();

  void add(Instant from, Instant to) {
    stretches.add(new Stretch(from, to));
  }

  /** How much of this time was troubled. */
  Duration within(Instant from, Instant to) {
    Duration sum = Duration.ZERO;
    Instant reached = from;
    List<Stretch> touched =
        stretches.stream()
            .filter(s -> s.to().isAfter(from) && s.from().isBefore(to))
            .sorted((a, b) -> a.from().compareTo(b.from()))
            .toList();
    for (Stretch stretch : touched) {
      Instant begin = later(stretch.from(), reached);
      Instant end = stretch.to().isAfter(to) ? to : stretch.to();
      if (end.isAfter(begin)) {
        sum = sum.plus(Duration.between(begin, end));
        reached = end;
      }
    }
    return sum;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}

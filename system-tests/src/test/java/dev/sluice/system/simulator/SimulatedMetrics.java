package dev.sluice.system.simulator;

import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gateway and the provider behind it. How a metric of a run is, is drawn when it is first asked
 * for; the same question gets the same answer.
 */
final class SimulatedMetrics {

  private enum Mood {
    GOOD,
    BAD,
    NO_DATA,
    UNAVAILABLE,
    OVERLOADED,
    MIXED
  }

  private static final List<Mood> MOODS =
      List.of(
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.GOOD,
          Mood.BAD,
          Mood.NO_DATA,
          Mood.UNAVAILABLE,
          Mood.OVERLOADED,
          Mood.MIXED);

  private final Chaos chaos;
  private final Map<String, Mood> moods = new HashMap<>();
  private final Map<String, Mood> answered = new HashMap<>();
  private final Map<String, Integer> good = new HashMap<>();

  SimulatedMetrics(Chaos chaos) {
    this.chaos = chaos;
  }

  MetricAnswer answer(String run, String metric, int tick, MetricQuery query) {
    String series = run + "/" + metric;
    Mood mood = answered.computeIfAbsent(series + "/" + tick, _ -> draw(series));
    if (mood == Mood.OVERLOADED) {
      answered.remove(series + "/" + tick);
    }
    return new MetricAnswer("query", query.time(), 3, outcome(mood), List.of());
  }

  // Good answers are counted once for each tick, when they are drawn.
  private Mood draw(String series) {
    Mood mood = moods.computeIfAbsent(series, _ -> chaos.oneOf(MOODS));
    Mood now =
        switch (mood) {
          case GOOD, BAD, NO_DATA, UNAVAILABLE -> mood;
          case OVERLOADED -> chaos.isCalm() || chaos.oneIn(4) ? Mood.GOOD : Mood.OVERLOADED;
          case MIXED ->
              chaos.oneOf(List.of(Mood.GOOD, Mood.GOOD, Mood.BAD, Mood.NO_DATA, Mood.UNAVAILABLE));
        };
    if (now == Mood.GOOD) {
      good.merge(series, 1, Integer::sum);
    }
    return now;
  }

  private static Outcome outcome(Mood mood) {
    return switch (mood) {
      case GOOD, MIXED -> new Outcome.Vector(List.of(0.001));
      case BAD -> new Outcome.Vector(List.of(0.5));
      case NO_DATA -> new Outcome.NoData();
      case UNAVAILABLE -> new Outcome.Unavailable(Reason.PROVIDER_ERROR, "bad_data: no");
      case OVERLOADED -> new Outcome.Unavailable(Reason.OVERLOADED, "ask later");
    };
  }

  /** How many ticks of a metric were answered well. */
  int good(String run, String metric) {
    return good.getOrDefault(run + "/" + metric, 0);
  }
}

package dev.sluice.analysis;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Measurement;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.Provider;
import java.time.Duration;
import java.time.Instant;

/**
 * When ticks are due: a function of what was recorded, never of when an answer came. A tick that
 * comes late, because a worker died, still asks for its own time.
 */
final class Schedule {

  /** After an Error, whatever the metric's interval is. */
  static final Duration AFTER_ERROR = Duration.ofSeconds(10);

  private Schedule() {}

  static Instant first(MetricSpec metric, Instant startAt) {
    return startAt.plus(metric.initialDelay());
  }

  static Instant after(MetricSpec metric, Measurement last) {
    boolean soon = last.phase() == AnalysisPhase.ERROR || metric.interval() == null;
    return last.dueAt().plus(soon ? AFTER_ERROR : metric.interval());
  }

  static MetricQuery query(MetricSpec metric, Instant dueAt) {
    return new MetricQuery(metric.provider(), dueAt);
  }

  static Duration timeout(MetricSpec metric) {
    return switch (metric.provider()) {
      case Provider.Prometheus(_, _, Duration timeout) -> timeout;
    };
  }
}

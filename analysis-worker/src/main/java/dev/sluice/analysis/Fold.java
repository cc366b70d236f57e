package dev.sluice.analysis;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Measurement;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a metric has come to, from one measurement to the next. */
final class Fold {

  private Fold() {}

  static MetricProgress start(MetricSpec metric, Instant startAt) {
    return new MetricProgress(
        metric.name(),
        AnalysisPhase.PENDING,
        "",
        metric.dryRun(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Schedule.first(metric, startAt),
        List.of());
  }

  static MetricProgress with(MetricSpec metric, MetricProgress before, Measurement measurement) {
    MetricProgress counted = counted(metric, before, measurement);
    Assessment assessment = Assessment.of(metric, counted);
    return assessment.phase().isCompleted()
        ? completed(counted, assessment.phase(), assessment.message(metric, measurement.message()))
        : counted;
  }

  /** Stopped before it came to an end of its own: never counts against the run. */
  static MetricProgress stopped(MetricProgress metric) {
    return metric.phase().isCompleted() ? metric : completed(metric, AnalysisPhase.SUCCESSFUL, "");
  }

  private static MetricProgress counted(
      MetricSpec metric, MetricProgress before, Measurement measurement) {
    boolean error = measurement.phase() == AnalysisPhase.ERROR;
    boolean success = measurement.phase() == AnalysisPhase.SUCCESSFUL;
    return new MetricProgress(
        before.name(),
        AnalysisPhase.RUNNING,
        "",
        before.dryRun(),
        before.count() + (error ? 0 : 1),
        before.successful() + (success ? 1 : 0),
        before.failed() + (measurement.phase() == AnalysisPhase.FAILED ? 1 : 0),
        before.inconclusive() + (measurement.phase() == AnalysisPhase.INCONCLUSIVE ? 1 : 0),
        before.error() + (error ? 1 : 0),
        error ? before.consecutiveError() + 1 : 0,
        success ? before.consecutiveSuccess() + 1 : 0,
        before.nextTick() + 1,
        Schedule.after(metric, measurement),
        newest(before.measurements(), measurement, metric.keptMeasurements()));
  }

  private static MetricProgress completed(
      MetricProgress metric, AnalysisPhase phase, String message) {
    return new MetricProgress(
        metric.name(),
        phase,
        message,
        metric.dryRun(),
        metric.count(),
        metric.successful(),
        metric.failed(),
        metric.inconclusive(),
        metric.error(),
        metric.consecutiveError(),
        metric.consecutiveSuccess(),
        metric.nextTick(),
        null,
        metric.measurements());
  }

  // The counts know all.
  private static List<Measurement> newest(
      List<Measurement> before, Measurement measurement, int kept) {
    List<Measurement> all = new ArrayList<>(before);
    all.add(measurement);
    return all.subList(Math.max(0, all.size() - kept), all.size());
  }
}

package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The metrics of a run by name, and which of them are still measured. */
final class Metrics {

  private Metrics() {}

  static Optional<MetricProgress> named(AnalysisProgress run, String name) {
    return run.metrics().stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** Of a metric that {@link #aligned} has left in. */
  static MetricSpec specification(AnalysisDesired run, String name) {
    return run.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("run %s has no metric %s".formatted(run.run(), name)));
  }

  /** The progress of exactly those metrics that are wanted. */
  static AnalysisProgress aligned(AnalysisDesired run, AnalysisProgress recorded) {
    return with(
        recorded,
        run.metrics().stream()
            .map(metric ->
                named(recorded, metric.name()).orElseGet(() -> Fold.start(metric, run.startAt())))
            .toList());
  }

  static AnalysisProgress replaced(AnalysisProgress run, MetricProgress metric) {
    return with(
        run,
        run.metrics().stream()
            .map(each -> each.name().equals(metric.name()) ? metric : each)
            .toList());
  }

  private static AnalysisProgress with(AnalysisProgress run, List<MetricProgress> metrics) {
    return new AnalysisProgress(
        run.run(),
        run.uid(),
        run.namespace(),
        run.name(),
        run.epoch(),
        run.phase(),
        run.message(),
        run.startedAt(),
        run.completedAt(),
        metrics);
  }

  /** Ended badly, and has a say: the other metrics stop. */
  static boolean isFailing(MetricProgress metric) {
    return !metric.dryRun()
        && metric.phase().isCompleted()
        && metric.phase() != AnalysisPhase.SUCCESSFUL;
  }

  /** The time of the first tick that made a metric fail; later ticks have no say any more. */
  static Optional<Instant> horizon(AnalysisProgress run) {
    return run.metrics().stream()
        .filter(Metrics::isFailing)
        .map(metric -> metric.measurements().getLast().dueAt())
        .min(Instant::compareTo);
  }

  /** Not completed, and not stopped by one that fails. */
  static List<MetricProgress> stillAsked(AnalysisProgress run) {
    Instant last = horizon(run).orElse(Instant.MAX);
    return run.metrics().stream()
        .filter(metric -> !metric.phase().isCompleted())
        .filter(metric -> !metric.nextDueAt().isAfter(last))
        .toList();
  }
}

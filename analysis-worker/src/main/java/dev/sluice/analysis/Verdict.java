package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ends.
 *
 * @param phase the worst of the metrics that have a say
 * @param message of that metric, "Run Terminated", or empty
 * @param metrics all completed
 */
record Verdict(AnalysisPhase phase, String message, List<MetricProgress> metrics) {

  /**
   * When a metric fails, those that were due at the same time are still heard, so that the verdict
   * does not depend on who answered first; but an abort does not wait for a slow one.
   */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** The verdict, once there is one. */
  static Optional<Verdict> of(
      AnalysisDesired desired, AnalysisProgress run, Map<String, Asking> asking, Instant now) {
    List<MetricProgress> stopped = run.metrics().stream().map(Fold::stopped).toList();
    boolean failing = run.metrics().stream().anyMatch(Metrics::isFailing);
    if (desired.wanted() == AnalysisDesired.Wanted.TERMINATE) {
      return Optional.of(
          failing
              ? worst(desired, stopped)
              : new Verdict(AnalysisPhase.SUCCESSFUL, "Run Terminated", stopped));
    }
    if (run.metrics().stream().allMatch(metric -> metric.phase().isCompleted())) {
      return Optional.of(worst(desired, stopped));
    }
    return failing && !isWaiting(run, asking, now)
        ? Optional.of(worst(desired, stopped))
        : Optional.empty();
  }

  /** Until when the others are heard once a metric failed. */
  static Optional<Instant> latest(AnalysisProgress run) {
    return run.metrics().stream()
        .filter(Metrics::isFailing)
        .map(metric -> metric.measurements().getLast().finishedAt().plus(PATIENCE))
        .min(Instant::compareTo);
  }

  private static boolean isWaiting(AnalysisProgress run, Map<String, Asking> asking, Instant now) {
    return latest(run).orElseThrow().isAfter(now)
        && Metrics.stillAsked(run).stream()
            .anyMatch(metric -> !(asking.get(metric.name()) instanceof Asking.PutOff));
  }

  private static Verdict worst(AnalysisDesired desired, List<MetricProgress> metrics) {
    List<MetricProgress> counting = metrics.stream().filter(metric -> !metric.dryRun()).toList();
    AnalysisPhase worst =
        counting.stream()
            .map(MetricProgress::phase)
            .reduce(AnalysisPhase.SUCCESSFUL, AnalysisPhase::worse);
    String message =
        counting.stream()
            .filter(metric -> metric.phase() == worst)
            .findFirst()
            .map(metric -> message(desired, metric))
            .orElse("");
    return new Verdict(worst, message, metrics);
  }

  private static String message(AnalysisDesired desired, MetricProgress metric) {
    MetricSpec specification = Metrics.specification(desired, metric.name());
    String reason = Assessment.of(specification, metric).reason();
    if (reason.isEmpty()) {
      return "";
    }
    String assessed =
        "Metric \"%s\" assessed %s due to %s"
            .formatted(metric.name(), metric.phase().text(), reason);
    return metric.message().isEmpty()
        ? assessed
        : assessed + ": \"Error Message: " + metric.message() + "\"";
  }
}

package dev.sluice.orchestrator.kubernetes.run;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunSpec;
import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.crd.Metric;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Measurement;
import dev.sluice.events.MetricProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The status of an AnalysisRun: what its worker has found so far. */
public final class RunStatus {

  private RunStatus() {}

  /** The status that shows this progress on this object. */
  public static AnalysisRunStatus of(AnalysisProgress progress, AnalysisRun object) {
    AnalysisRunStatus status = new AnalysisRunStatus();
    status.phase = progress.phase().text();
    status.message = emptyToNull(progress.message());
    List<AnalysisRunStatus.MetricResult> results =
        progress.metrics().stream()
            .filter(metric -> !metric.measurements().isEmpty())
            .sorted(Comparator.comparing(metric -> metric.measurements().getFirst().finishedAt()))
            .map(metric -> result(metric, object.getSpec()))
            .toList();
    status.metricResults = results.isEmpty() ? null : inOrderOf(results, object.getStatus());
    status.startedAt = seconds(progress.startedAt());
    status.completedAt = progress.completedAt() == null ? null : seconds(progress.completedAt());
    status.runSummary = summary(progress, false);
    status.dryRunSummary = summary(progress, true);
    return status;
  }

  // The order is the one in which first measurements finished. The oldest of them drop out later,
  // so what is shown already keeps its place.
  private static List<AnalysisRunStatus.MetricResult> inOrderOf(
      List<AnalysisRunStatus.MetricResult> results, AnalysisRunStatus shown) {
    List<String> order = new ArrayList<>();
    if (shown != null && shown.metricResults != null) {
      shown.metricResults.forEach(result -> order.add(result.name));
    }
    results.forEach(result -> {
      if (!order.contains(result.name)) {
        order.add(result.name);
      }
    });
    return results.stream()
        .sorted(Comparator.comparingInt(result -> order.indexOf(result.name)))
        .toList();
  }

  private static AnalysisRunStatus.MetricResult result(
      MetricProgress metric, AnalysisRunSpec spec) {
    AnalysisRunStatus.MetricResult result = new AnalysisRunStatus.MetricResult();
    result.name = metric.name();
    result.phase = metric.phase().text();
    result.measurements = metric.measurements().stream().map(RunStatus::measurement).toList();
    result.message = emptyToNull(metric.message());
    result.count = zeroToNull(metric.count());
    result.successful = zeroToNull(metric.successful());
    result.failed = zeroToNull(metric.failed());
    result.inconclusive = zeroToNull(metric.inconclusive());
    result.error = zeroToNull(metric.error());
    result.consecutiveError = zeroToNull(metric.consecutiveError());
    result.consecutiveSuccess = zeroToNull(metric.consecutiveSuccess());
    result.dryRun = metric.dryRun() ? true : null;
    result.metadata = query(metric.name(), spec);
    return result;
  }

  private static AnalysisRunStatus.Measurement measurement(Measurement of) {
    AnalysisRunStatus.Measurement measurement = new AnalysisRunStatus.Measurement();
    measurement.phase = of.phase().text();
    measurement.message = emptyToNull(of.message());
    measurement.startedAt = seconds(of.startedAt());
    measurement.finishedAt = seconds(of.finishedAt());
    measurement.value = emptyToNull(of.value());
    return measurement;
  }

  private static Map<String, String> query(String name, AnalysisRunSpec spec) {
    for (Metric metric : spec.metrics == null ? List.<Metric>of() : spec.metrics) {
      if (name.equals(metric.name)
          && metric.provider != null
          && metric.provider.prometheus != null
          && metric.provider.prometheus.query != null) {
        return Map.of("ResolvedPrometheusQuery", metric.provider.prometheus.query);
      }
    }
    return null;
  }

  // Counts metrics by how they ended, not measurements.
  private static AnalysisRunStatus.RunSummary summary(AnalysisProgress progress, boolean dry) {
    AnalysisRunStatus.RunSummary summary = new AnalysisRunStatus.RunSummary();
    int count = 0;
    int successful = 0;
    int failed = 0;
    int inconclusive = 0;
    int error = 0;
    for (MetricProgress metric : progress.metrics()) {
      if (metric.dryRun() == dry) {
        count++;
        switch (metric.phase()) {
          case SUCCESSFUL -> successful++;
          case FAILED -> failed++;
          case INCONCLUSIVE -> inconclusive++;
          case ERROR -> error++;
          case RUNNING, PENDING -> {}
        }
      }
    }
    summary.count = zeroToNull(count);
    summary.successful = zeroToNull(successful);
    summary.failed = zeroToNull(failed);
    summary.inconclusive = zeroToNull(inconclusive);
    summary.error = zeroToNull(error);
    return summary;
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Integer zeroToNull(int value) {
    return value == 0 ? null : Integer.valueOf(value);
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}

package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * What one metric of a run has come to.
 *
 * @param name of the metric
 * @param phase Pending before the first measurement
 * @param message why the metric ended so; empty while it runs
 * @param dryRun whether it has no say
 * @param count measurements without error
 * @param successful of them
 * @param failed of them
 * @param inconclusive of them
 * @param error measurements that ended in Error
 * @param consecutiveError in a row, up to now
 * @param consecutiveSuccess in a row, up to now
 * @param nextTick the tick to ask next
 * @param nextDueAt when it is due; null once the metric is completed
 * @param measurements the newest, as many as the metric keeps, oldest first
 */
public record MetricProgress(
    String name,
    AnalysisPhase phase,
    String message,
    boolean dryRun,
    int count,
    int successful,
    int failed,
    int inconclusive,
    int error,
    int consecutiveError,
    int consecutiveSuccess,
    int nextTick,
    @Nullable Instant nextDueAt,
    List<Measurement> measurements) {

  /** Copies the list. */
  public MetricProgress {
    measurements = List.copyOf(measurements);
  }
}

package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * What a run has come to: enough for any worker to go on with it. The last record of a key holds.
 *
 * @param run {@code <rollout uid>/<name>}
 * @param uid the Rollout
 * @param namespace of the AnalysisRun
 * @param name of the AnalysisRun
 * @param epoch of the decision that started the run
 * @param phase of the run
 * @param message the failing metric's message, or "Run Terminated"; empty otherwise
 * @param startedAt of the run
 * @param completedAt null while it runs
 * @param metrics in the order of the spec
 */
public record AnalysisProgress(
    String run,
    String uid,
    String namespace,
    String name,
    long epoch,
    AnalysisPhase phase,
    String message,
    Instant startedAt,
    @Nullable Instant completedAt,
    List<MetricProgress> metrics)
    implements Message {

  /** Copies the list. */
  public AnalysisProgress {
    metrics = List.copyOf(metrics);
  }

  @Override
  public String key() {
    return run;
  }
}

package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * A run that is to be measured, or no longer. The last record of a key holds.
 *
 * @param run {@code <rollout uid>/<name>}: unique for ever
 * @param uid the Rollout
 * @param namespace of the Rollout and of the AnalysisRun
 * @param rollout the Rollout's name
 * @param name of the AnalysisRun object
 * @param fence the decision that started or ended it; a verdict repeats the epoch
 * @param role why it measures
 * @param step the index of its step, or -1
 * @param wanted whether to measure or to stop
 * @param startAt whole seconds; ticks are counted from here
 * @param metrics at least one
 */
public record AnalysisDesired(
    String run,
    String uid,
    String namespace,
    String rollout,
    String name,
    Fence fence,
    AnalysisRole role,
    int step,
    Wanted wanted,
    Instant startAt,
    List<MetricSpec> metrics)
    implements Message {

  /** What is to be done with a run. */
  public enum Wanted {
    /** Measure until there is a verdict. */
    MEASURE,
    /**
     * Stop: nobody waits for the verdict any more. The run ends Successful, "Run Terminated", if no
     * metric failed.
     */
    TERMINATE
  }

  /** Copies the list. */
  public AnalysisDesired {
    metrics = List.copyOf(metrics);
  }

  @Override
  public String key() {
    return run;
  }
}

package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * How a run ended. The orchestrator accepts the first verdict of a run whose epoch is current, and
 * no other.
 *
 * @param run {@code <rollout uid>/<name>}
 * @param uid the Rollout
 * @param namespace of the Rollout
 * @param rollout the Rollout's name
 * @param epoch of the decision that started the run
 * @param role why it measured
 * @param phase completed
 * @param message the failing metric's message, or "Run Terminated"; empty otherwise
 * @param evidence the metrics with the values that the verdict was folded from
 * @param at when it was reached
 */
public record VerdictReached(
    String run,
    String uid,
    String namespace,
    String rollout,
    long epoch,
    AnalysisRole role,
    AnalysisPhase phase,
    String message,
    List<MetricProgress> evidence,
    Instant at)
    implements Message {

  /** Checks that the phase is final. */
  public VerdictReached {
    evidence = List.copyOf(evidence);
    if (!phase.isCompleted()) {
      throw new IllegalArgumentException("a verdict is final, not " + phase.text());
    }
  }

  @Override
  public String key() {
    return run;
  }
}

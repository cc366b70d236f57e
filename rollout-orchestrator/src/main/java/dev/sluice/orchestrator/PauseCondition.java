package dev.sluice.orchestrator;

import java.time.Instant;

/**
 * Why nothing moves on.
 *
 * @param reason as status shows it
 * @param since when it began
 * @param until when it ends by itself; null if only somebody can end it
 */
public record PauseCondition(Reason reason, Instant since, Instant until) {

  /** The reasons that Rollouts know. */
  public enum Reason {
    STEP("CanaryPauseStep"),
    INCONCLUSIVE("InconclusiveAnalysisRun"),
    EXPERIMENT_INCONCLUSIVE("InconclusiveExperiment");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As status shows it. */
    public String text() {
      return text;
    }
  }
}

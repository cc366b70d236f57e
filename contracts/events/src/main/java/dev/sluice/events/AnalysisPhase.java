package dev.sluice.events;

/**
 * Where a measurement, a metric or a run stands. The order is the one of "worst wins", but for
 * PENDING.
 */
public enum AnalysisPhase {
  SUCCESSFUL("Successful"),
  RUNNING("Running"),
  PENDING("Pending"),
  INCONCLUSIVE("Inconclusive"),
  ERROR("Error"),
  FAILED("Failed");

  private final String text;

  AnalysisPhase(String text) {
    this.text = text;
  }

  /** As status fields and messages write it, for instance {@code Successful}. */
  public String text() {
    return text;
  }

  /** Whether nothing more will happen. */
  public boolean isCompleted() {
    return this != RUNNING && this != PENDING;
  }

  /** The worse of both. */
  public AnalysisPhase worse(AnalysisPhase other) {
    return compareTo(other) >= 0 ? this : other;
  }
}

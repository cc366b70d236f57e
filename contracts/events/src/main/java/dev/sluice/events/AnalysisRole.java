package dev.sluice.events;

/** Why a run measures. A Rollout has one live run for each role at most. */
public enum AnalysisRole {
  /** The gate of an analysis step. */
  STEP("Step"),
  /** Beside all steps of an update. */
  BACKGROUND("Background"),
  /** Before a blue-green switch. */
  PRE_PROMOTION("PrePromotion"),
  /** After a blue-green switch. */
  POST_PROMOTION("PostPromotion"),
  /** After the promotion. */
  GUARD("Guard");

  private final String text;

  AnalysisRole(String text) {
    this.text = text;
  }

  /** As labels and messages write it, for instance {@code Step}. */
  public String text() {
    return text;
  }
}

package dev.sluice.analysis;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;

/**
 * What the limits of a metric make of its counts.
 *
 * @param phase Running, or how the metric ended
 * @param reason the limit that was passed; empty if none was
 */
record Assessment(AnalysisPhase phase, String reason) {

  /** Argo's order: an error outranks an inconclusive metric, and that a failed one. */
  static Assessment of(MetricSpec limits, MetricProgress counts) {
    if (counts.consecutiveError() > limits.consecutiveErrorLimit()) {
      return new Assessment(
          AnalysisPhase.ERROR,
          "consecutiveErrors (%d) > consecutiveErrorLimit (%d)"
              .formatted(counts.consecutiveError(), limits.consecutiveErrorLimit()));
    }
    if (counts.inconclusive() > limits.inconclusiveLimit()) {
      return new Assessment(
          AnalysisPhase.INCONCLUSIVE,
          "inconclusive (%d) > inconclusiveLimit (%d)"
              .formatted(counts.inconclusive(), limits.inconclusiveLimit()));
    }
    if (limits.failureLimit() >= 0 && counts.failed() > limits.failureLimit()) {
      return new Assessment(
          AnalysisPhase.FAILED,
          "failed (%d) > failureLimit (%d)".formatted(counts.failed(), limits.failureLimit()));
    }
    if (wantsStreak(limits) && counts.consecutiveSuccess() >= limits.consecutiveSuccessLimit()) {
      return new Assessment(AnalysisPhase.SUCCESSFUL, "");
    }
    boolean counted = limits.count() > 0 && counts.count() >= limits.count();
    return counted ? atCount(limits, counts) : new Assessment(AnalysisPhase.RUNNING, "");
  }

  private static boolean wantsStreak(MetricSpec limits) {
    return limits.consecutiveSuccessLimit() > 0;
  }

  /** All measurements are there, and no limit was passed. */
  private static Assessment atCount(MetricSpec limits, MetricProgress counts) {
    if (wantsStreak(limits)) {
      return new Assessment(
          limits.failureLimit() >= 0 ? AnalysisPhase.INCONCLUSIVE : AnalysisPhase.FAILED, "");
    }
    // Allowed to miss some is not allowed to miss all: a gate that saw nothing does not pass.
    if (limits.noData() == NoData.INCONCLUSIVE
        && counts.successful() == 0
        && counts.inconclusive() == counts.count()) {
      return new Assessment(
          AnalysisPhase.INCONCLUSIVE,
          "inconclusive (%d) of %d measurements".formatted(counts.inconclusive(), counts.count()));
    }
    return new Assessment(AnalysisPhase.SUCCESSFUL, "");
  }

  /** What the metric says of its end: the last error, or for one without a say the limit. */
  String message(MetricSpec metric, String lastMessage) {
    return metric.dryRun() && !reason.isEmpty()
        ? "Metric assessed %s due to %s".formatted(phase.text(), reason)
        : lastMessage;
  }
}

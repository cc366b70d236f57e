package dev.sluice.analysis;

import dev.sluice.events.AnalysisPhase;

/** What an answer means for its metric. */
sealed interface Judgement {

  /**
   * A measurement.
   *
   * @param phase completed
   * @param value as status shows it; empty for an Error
   * @param message why it is an Error, or that there was no data; empty otherwise
   */
  record Measured(AnalysisPhase phase, String value, String message) implements Judgement {}

  /** We shed the question ourselves: counts nothing, and the tick stays due. */
  record Deferred() implements Judgement {}
}

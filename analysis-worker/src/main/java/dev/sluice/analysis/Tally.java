package dev.sluice.analysis;

import dev.sluice.events.AnalysisPhase;

/** Counts what a worker does. Called from several threads. */
public interface Tally {

  /** A tick was asked for, also again. */
  void asked();

  /** A measurement was committed. */
  void measured(AnalysisPhase phase);

  /** A question was put off, because we or our gateway had too much to do. */
  void deferred();

  /** A verdict was committed, also again. */
  void concluded(AnalysisPhase phase);
}

package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import java.time.Instant;
import java.util.Optional;

/**
 * One analysis run: wanted, measured, over. A run is rebuilt from what was recorded, and decides
 * from that and the signal alone: whoever goes on with it decides the same.
 */
public sealed interface Run permits Planned, Measuring, Over {

  /** A run of which nothing was published yet. Wake it to start. */
  static Run planned(AnalysisDesired desired) {
    return new Planned(desired);
  }

  /** A run as its last progress says. Wake it to go on. */
  static Run recorded(AnalysisDesired desired, AnalysisProgress recorded) {
    return recorded.phase().isCompleted()
        ? new Over(desired, recorded)
        : Measuring.goingOn(desired, recorded);
  }

  /** What is wanted. */
  AnalysisDesired desired();

  /** What was published last; empty before anything was. */
  Optional<AnalysisProgress> progress();

  /**
   * What follows. Nothing in here looks at a clock; the same run, signal and time give the same
   * decision.
   *
   * @param now not before any time given earlier, unless clocks of two workers differ
   */
  Decision on(Signal signal, Instant now);
}

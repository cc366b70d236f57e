package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.MetricAnswer;

/** What can happen to a run from outside. Any of them may come late, or twice. */
public sealed interface Signal {

  /** The orchestrator says (again) what it wants of this run. */
  record Wanted(AnalysisDesired desired) implements Signal {}

  /**
   * The gateway answered.
   *
   * @param metric that was asked for
   * @param tick that was asked for
   * @param answer where the gateway could not be reached, {@code OVERLOADED}: our own outage is no
   *     measurement
   */
  record Answered(String metric, int tick, MetricAnswer answer) implements Signal {}

  /** The time of the last {@link Effect.WakeAt} has come, or the run has just been taken over. */
  record Woken() implements Signal {}
}

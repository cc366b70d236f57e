package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisProgress;

/** Shows in the cluster what runs have come to. */
public interface RunStatuses {

  /**
   * A run has come this far. Called in the order of the topic for each run, repeatedly for the same
   * progress after a start; must not block, and must repeat by itself what fails.
   */
  void progressed(AnalysisProgress progress);
}

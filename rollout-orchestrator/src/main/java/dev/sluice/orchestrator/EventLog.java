package dev.sluice.orchestrator;

import dev.sluice.events.RolloutEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The log of a Rollout, as it was decided. */
public interface EventLog {

  /**
   * The entries behind a number, in order.
   *
   * @param uid of the Rollout; an unknown one has no entries
   * @param after the number; 0 for all
   * @param limit the most entries that are returned, at least 1
   */
  CompletionStage<List<RolloutEvent>> after(String uid, long after, int limit);
}

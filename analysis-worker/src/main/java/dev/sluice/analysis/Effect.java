package dev.sluice.analysis;

import dev.sluice.events.Message;
import dev.sluice.events.MetricQuery;
import java.time.Instant;

/** What a decision wants done. Only the edges act on it. */
public sealed interface Effect {

  /**
   * A message goes out: a measurement, the run's progress, or its verdict. All of one decision go
   * out in one transaction, and the decision holds only when that is committed.
   */
  record Publish(Message message) implements Effect {}

  /**
   * The gateway is to be asked, after the transaction. Every question gets an {@link
   * Signal.Answered}.
   *
   * @param metric to answer for
   * @param tick to answer for
   * @param query with the time at which the tick was due
   */
  record Ask(String metric, int tick, MetricQuery query) implements Effect {}

  /** The run is to be woken at that time; replaces what was said before. */
  record WakeAt(Instant time) implements Effect {}
}

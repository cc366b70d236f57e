package dev.sluice.analysis;

import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricQuery;
import java.util.function.Consumer;

/** The metrics gateway, as the worker sees it. */
public interface Gateway {

  /**
   * Asks, and comes back at once.
   *
   * @param answer gets exactly one answer, on any thread. Where the gateway itself is the trouble
   *     (not reached, overloaded, out of order), that is {@code OVERLOADED}: our own outage is
   *     never a measurement
   */
  void ask(MetricQuery query, Consumer<MetricAnswer> answer);
}

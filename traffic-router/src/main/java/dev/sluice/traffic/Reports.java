package dev.sluice.traffic;

import dev.sluice.events.TrafficApplied;
import java.util.Optional;

/** Where it is told what became of a wanted split. */
public interface Reports {

  /**
   * Tells it, in order, at least once, as soon as that is possible. Does not block.
   *
   * @param traceparent of the wanted split
   */
  void send(TrafficApplied message, Optional<String> traceparent);
}

package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;

/** What the keeping of a route answers to. */
public sealed interface Signal {

  /** A split is wanted: a newer one, an older one that comes late, or the same again. */
  record Wanted(TrafficDesired split) implements Signal {}

  /** An attempt ended. */
  record Attempted(Fence fence, Attempt result) implements Signal {}

  /**
   * A route object changed; perhaps by ourselves.
   *
   * @param version its resourceVersion; empty where the object is gone
   */
  record RouteChanged(String object, String version) implements Signal {}

  /** The time that was asked for has come. */
  record TimePassed() implements Signal {}
}

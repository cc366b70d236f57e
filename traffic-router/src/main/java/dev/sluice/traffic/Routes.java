package dev.sluice.traffic;

import dev.sluice.events.TrafficDesired;

/** The way to the route objects of a kind of router. */
public interface Routes {

  /**
   * Reads, writes what differs, reads back. Blocks; what goes wrong is an {@link Attempt} too.
   *
   * @throws InterruptedException where the router stops
   */
  Attempt apply(TrafficDesired split) throws InterruptedException;
}

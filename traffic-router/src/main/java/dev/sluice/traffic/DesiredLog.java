package dev.sluice.traffic;

import dev.sluice.events.Fence;
import java.util.Optional;

/** The log of wanted splits. */
public interface DesiredLog {

  /**
   * Reads on to where the log ends now. Blocks for some seconds at most.
   *
   * @return the newest fence of the Rollout there, {@link Fence#NONE} if nothing is wanted of it
   *     any more; empty where the end was not reached, or somebody else reads it meanwhile
   * @throws InterruptedException where the router stops
   */
  Optional<Fence> newestAtEnd(String uid) throws InterruptedException;
}

package dev.sluice.orchestrator;

import java.time.Duration;
import java.time.Instant;

/** How a ReplicaSet that is no longer wanted goes. It first waits until nothing points at it. */
public sealed interface Retirement {

  /** It goes this long after the last traffic. */
  record Waiting(Duration delay) implements Retirement {}

  /** It goes at this moment. */
  record Until(Instant deadline) implements Retirement {}

  /**
   * Its time has come.
   *
   * @param deadline when that was; null if it had no time to wait for
   */
  record Over(Instant deadline) implements Retirement {}

  /** It stays. */
  record Kept() implements Retirement {}
}

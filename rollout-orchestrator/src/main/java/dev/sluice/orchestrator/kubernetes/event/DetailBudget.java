package dev.sluice.orchestrator.kubernetes.event;

import java.time.Duration;
import java.time.Instant;

/**
 * How many details are told of one Rollout: some at once, and one more every five minutes. The
 * client that Argo Rollouts uses has such a limit for each object, and drops whatever is beyond it;
 * see docs/decisions/0011.
 */
final class DetailBudget {

  private static final int BURST = 20;
  private static final Duration REFILL = Duration.ofMinutes(5);

  // Up to here the details that time brings are used up.
  private Instant used = Instant.EPOCH;

  /** Whether one more detail is told at this time. */
  boolean take(Instant at) {
    Instant full = at.minus(REFILL.multipliedBy(BURST));
    Instant next = (used.isBefore(full) ? full : used).plus(REFILL);
    if (next.isAfter(at)) {
      return false;
    }
    used = next;
    return true;
  }
}

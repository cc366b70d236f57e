package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;

/** The numbers of a decision only rise, and the log has no gap: checked before it is stored. */
final class Sequence {

  private Sequence() {}

  static void check(Rollout before, Decision decision) {
    long seq = before.seq();
    long epoch = before.epoch();
    for (Decision.Entry entry : decision.entries()) {
      if (entry.seq() != seq + 1 || entry.epoch() < epoch) {
        throw broken(before, epoch + "." + seq, entry.epoch() + "." + entry.seq());
      }
      seq = entry.seq();
      epoch = entry.epoch();
    }
    Rollout next = decision.next();
    if (next.seq() != seq || next.epoch() < epoch) {
      throw broken(before, epoch + "." + seq, next.fence().toString());
    }
    if (!next.identity().equals(before.identity())) {
      throw new IllegalStateException(before.identity() + " became " + next.identity());
    }
  }

  private static IllegalStateException broken(Rollout before, String last, String next) {
    return new IllegalStateException(
        "after %s of %s comes %s".formatted(last, before.identity().uid(), next));
  }
}

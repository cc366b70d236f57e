package dev.sluice.orchestrator.kubernetes.status;

import dev.sluice.orchestrator.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The statuses of one Rollout that are still to be shown, oldest first. Two that differ in nothing
 * urgent become one; what is not urgent waits until a second has passed since the last writing.
 */
public final class StatusQueue {

  /** The least time from one writing to the next that is not urgent. */
  public static final Duration PACE = Duration.ofSeconds(1);

  private final Deque<Pending> pending = new ArrayDeque<>();
  private Urgent shown;
  private Instant lastWriting = Instant.MIN;

  /** An empty queue; nothing was shown yet. */
  public StatusQueue() {}

  /**
   * A status to be shown.
   *
   * @param view the status
   * @param progressedAt when anything last progressed
   */
  public record Pending(StatusView view, Instant progressedAt) {}

  /** This is the newest status. */
  public synchronized void add(Pending newest) {
    Pending last = pending.peekLast();
    if (last != null && Urgent.of(last.view()).equals(Urgent.of(newest.view()))) {
      pending.removeLast();
    }
    pending.addLast(newest);
  }

  /** What is to be shown next; empty if nothing is. */
  public synchronized Optional<Pending> next() {
    // What is not urgent needs no writing of its own where more is to come.
    while (pending.size() > 1 && Urgent.of(pending.peekFirst().view()).equals(shown)) {
      pending.removeFirst();
    }
    return Optional.ofNullable(pending.peekFirst());
  }

  /** How long this one has to wait; zero if it is urgent. */
  public synchronized Duration delay(Pending candidate, Instant now) {
    if (!Urgent.of(candidate.view()).equals(shown) || lastWriting.equals(Instant.MIN)) {
      return Duration.ZERO;
    }
    Duration delay = Duration.between(now, lastWriting.plus(PACE));
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  /**
   * This one is shown now, or was already.
   *
   * @param written whether it had to be written
   */
  public synchronized void done(Pending candidate, boolean written, Instant now) {
    // By identity: an equal one may have come meanwhile in its place.
    if (pending.peekFirst() == candidate) {
      pending.removeFirst();
    }
    shown = Urgent.of(candidate.view());
    if (written) {
      lastWriting = now;
    }
  }
}

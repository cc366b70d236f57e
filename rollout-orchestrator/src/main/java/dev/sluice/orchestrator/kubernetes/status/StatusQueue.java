package dev.sluice.orchestrator.kubernetes.status;

import dev.sluice.orchestrator.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The statuses of one Rollout that are still to be shown, oldest first. Two that differ in nothing
 * urgent become one; what is not urgent waits a second for what comes next, because pods seldom
 * start alone, and because something urgent often follows from them. Where writing falls behind,
 * what is old gives way to what is true now: the log keeps all of it.
 */
public final class StatusQueue {

  /** How long what is not urgent waits; no less is between two such writings. */
  public static final Duration PACE = Duration.ofSeconds(1);

  /** How old a status may be and still be shown before a newer one. */
  public static final Duration LATE = Duration.ofSeconds(3);

  private final Deque<Pending> pending = new ArrayDeque<>();
  private Urgent shown;
  private Instant waitingSince;
  private boolean isBegun;

  /** An empty queue; nothing was shown yet. */
  public StatusQueue() {}

  /**
   * A status to be shown.
   *
   * @param view the status
   * @param progressedAt when anything last progressed
   * @param decidedAt when it became true
   */
  public record Pending(StatusView view, Instant progressedAt, Instant decidedAt) {}

  /** This is the newest status. */
  public synchronized void add(Pending newest) {
    Pending last = pending.peekLast();
    if (last != null && Urgent.of(last.view()).equals(Urgent.of(newest.view()))) {
      pending.removeLast();
    }
    pending.addLast(newest);
  }

  /** What is to be shown next; empty if nothing is. */
  public synchronized Optional<Pending> next(Instant now) {
    // What is not urgent needs no writing of its own where more is to come.
    while (pending.size() > 1
        && (Urgent.of(pending.peekFirst().view()).equals(shown)
            || pending.peekFirst().decidedAt().plus(LATE).isBefore(now))) {
      pending.removeFirst();
    }
    return Optional.ofNullable(pending.peekFirst());
  }

  /** How long this one has to wait, from when it is first asked for; zero if it is urgent. */
  public synchronized Duration delay(Pending candidate, Instant now) {
    if (!Urgent.of(candidate.view()).equals(shown) || !isBegun) {
      return Duration.ZERO;
    }
    waitingSince = waitingSince == null ? now : waitingSince;
    Duration delay = Duration.between(now, waitingSince.plus(PACE));
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  /**
   * This one is shown now, or was already.
   *
   * @param written whether it had to be written
   */
  public synchronized void done(Pending candidate, boolean written) {
    // By identity: an equal one may have come meanwhile in its place.
    if (pending.peekFirst() == candidate) {
      pending.removeFirst();
    }
    shown = Urgent.of(candidate.view());
    waitingSince = null;
    isBegun |= written;
  }
}

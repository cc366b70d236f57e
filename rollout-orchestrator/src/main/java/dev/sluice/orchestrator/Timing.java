package dev.sluice.orchestrator;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the update has taken, as status.duration shows it.
 *
 * @param startedAt null before the first update
 * @param manualPauseStartedAt null unless somebody is waited for
 * @param manualPause in all
 * @param finishedAt null while it runs
 * @param completion how it ended; empty while it runs
 */
public record Timing(
    Instant startedAt,
    Instant manualPauseStartedAt,
    Duration manualPause,
    Instant finishedAt,
    String completion) {

  /** No update yet. */
  public static final Timing NONE = new Timing(null, null, Duration.ZERO, null, "");

  static Timing started(Instant now) {
    return new Timing(now, null, Duration.ZERO, null, "");
  }

  boolean isRunning() {
    return startedAt != null && finishedAt == null;
  }

  Timing waitingForSomebody(Instant now) {
    return manualPauseStartedAt != null
        ? this
        : new Timing(startedAt, now, manualPause, finishedAt, completion);
  }

  Timing goingOn(Instant now) {
    return manualPauseStartedAt == null
        ? this
        : new Timing(
            startedAt,
            null,
            manualPause.plus(Duration.between(manualPauseStartedAt, now)),
            finishedAt,
            completion);
  }

  Timing finished(String how, Instant now) {
    Timing going = goingOn(now);
    return startedAt == null ? this : new Timing(startedAt, null, going.manualPause, now, how);
  }
}

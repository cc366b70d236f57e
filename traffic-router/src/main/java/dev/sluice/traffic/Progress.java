package dev.sluice.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far a wanted split has come. A newer one leads to Due from everywhere.
 *
 * <pre>
 *            read back           too many foreign changes
 *   Due ----------------> Settled -----------------------> Contended
 *    |  \__ fence above     ^  ^                               |
 *    |      \--> Superseded |  +---- a minute of peace --------+
 *    +--> Failing ----------+
 * </pre>
 */
sealed interface Progress {

  /**
   * To be tried.
   *
   * @param failingSince since when nothing worked, if it is so
   */
  record Due(Optional<Instant> failingSince) implements Progress {}

  /**
   * In force, as read back.
   *
   * @param versions resourceVersion by name of the objects that were read
   */
  record Settled(Map<String, String> versions) implements Progress {}

  /**
   * In force, but somebody else keeps changing it.
   *
   * @param since the first of the changes that are too many
   * @param reportedAt when that was last reported
   */
  record Contended(Map<String, String> versions, Instant since, Instant reportedAt)
      implements Progress {

    /** Put back once more: told at once the first time, then once a minute. */
    static Contended after(Progress before, Settled settled, Fights fights, Instant now) {
      return before instanceof Contended known
          ? new Contended(
              settled.versions(),
              known.since(),
              known.reportedAt().plus(Fights.WINDOW).isAfter(now) ? known.reportedAt() : now)
          : new Contended(settled.versions(), fights.times().getFirst(), now);
    }
  }

  /** A newer decision is on the route; nothing is tried any more. */
  record Superseded() implements Progress {}

  /**
   * Tried again and again.
   *
   * @param since the first failure
   * @param attempts how many failed in a row for this split
   * @param reportedAt when that was last reported
   */
  record Failing(Instant since, int attempts, Instant reportedAt) implements Progress {

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration REPORT_AGAIN = Duration.ofSeconds(10);
    private static final int DOUBLINGS = 6;

    /** One more failure: told at once the first time, then at most every 10 s. */
    static Failing after(Progress before, Instant now) {
      return switch (before) {
        case Failing known ->
            new Failing(
                known.since(),
                known.attempts() + 1,
                known.reportedAt().plus(REPORT_AGAIN).isAfter(now) ? known.reportedAt() : now);
        case Due due -> new Failing(due.failingSince().orElse(now), 1, now);
        case Settled _, Contended _, Superseded _ -> new Failing(now, 1, now);
      };
    }

    /** 0.2 s, 0.4 s, ... 10 s. */
    Duration delay() {
      Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
      return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
  }

  /** Since when nothing worked, if it is so. */
  default Optional<Instant> failedSince() {
    return switch (this) {
      case Failing failing -> Optional.of(failing.since());
      case Due due -> due.failingSince();
      case Settled _, Contended _, Superseded _ -> Optional.empty();
    };
  }

  /** Whether it was in force when last read. */
  default boolean isInForce() {
    return this instanceof Settled || this instanceof Contended;
  }
}

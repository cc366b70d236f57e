package dev.sluice.analysis;

import java.time.Duration;
import java.time.Instant;

/** How far the question for a metric's next tick is. Not recorded: a successor asks again. */
sealed interface Asking {

  /** The gateway answers within the query's own time-out and this. */
  Duration ANSWER_MARGIN = Duration.ofSeconds(30);

  /** What was put off is asked again after this, then after twice this, and so on. */
  Duration SHORTEST = Duration.ofMillis(500);

  /** The longest that anything is put off. */
  Duration LONGEST = Duration.ofSeconds(8);

  /** How often the question was put off since the last answer. */
  int deferrals();

  /** Not asked. */
  record Idle() implements Asking {
    @Override
    public int deferrals() {
      return 0;
    }
  }

  /**
   * On its way.
   *
   * @param at when it was asked
   * @param deadline after which it is taken for lost
   * @param deferrals before
   */
  record Asked(Instant at, Instant deadline, int deferrals) implements Asking {}

  /**
   * We shed it ourselves; the tick stays due.
   *
   * @param until when it is asked again
   * @param deferrals at least 1
   */
  record PutOff(Instant until, int deferrals) implements Asking {}

  /** When the question may be asked, for a tick that is due then. */
  default Instant readyAt(Instant dueAt) {
    Instant ready =
        switch (this) {
          case Idle() -> dueAt;
          case Asked(_, Instant deadline, _) -> deadline;
          case PutOff(Instant until, _) -> until;
        };
    return ready.isAfter(dueAt) ? ready : dueAt;
  }

  static Asked asked(Instant now, Duration timeout, int deferrals) {
    return new Asked(now, now.plus(timeout).plus(ANSWER_MARGIN), deferrals);
  }

  /**
   * Puts it off for longer each time.
   *
   * @param spread any number; keeps runs that were shed together from coming back together
   */
  static PutOff putOff(Instant now, int deferrals, int spread) {
    long doubled = SHORTEST.toMillis() << Math.min(deferrals - 1, 10);
    long wait = Math.min(doubled, LONGEST.toMillis());
    long part = Math.floorMod(spread, 256);
    return new PutOff(now.plusMillis(wait + wait * part / 1024), deferrals);
  }
}

package dev.sluice.events;

import java.time.Instant;

/**
 * Somebody wants a Rollout to do something.
 *
 * @param id idempotency key: a repeated command changes nothing
 * @param uid the Rollout
 * @param action what is wanted
 * @param actor who wants it, as authenticated
 * @param at when
 */
public record RolloutCommand(String id, String uid, Action action, String actor, Instant at)
    implements Message {

  /** What a person or tool may ask for. */
  public enum Action {
    /** Take the canary back. Beats everything. */
    ABORT,
    /** Start the aborted update again from its first step. */
    RETRY,
    /** End the current pause, or skip the current step. */
    PROMOTE,
    /** Skip all steps, pauses and analysis. */
    PROMOTE_FULL
  }

  @Override
  public String key() {
    return uid;
  }
}

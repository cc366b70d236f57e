package dev.sluice.events;

import java.time.Instant;

/**
 * One entry of a Rollout's log: what was decided, when, by whom, on what ground. The log has no gap
 * and is chained, so that a removed or changed entry shows.
 *
 * @param uid the Rollout
 * @param namespace of it
 * @param name of it
 * @param seq 1, 2, 3, ... without gap
 * @param epoch in which it was decided
 * @param at when it was decided
 * @param actor who caused it: a person or tool as far as known, or a service
 * @param cause the message or object that led to it, for instance a command's id
 * @param fact what happened
 * @param previousHash {@link #hash} of the entry before; empty for the first
 * @param hash SHA-256, hexadecimal, over the JSON of this entry without this field
 */
public record RolloutEvent(
    String uid,
    String namespace,
    String name,
    long seq,
    long epoch,
    Instant at,
    String actor,
    String cause,
    RolloutFact fact,
    String previousHash,
    String hash)
    implements Message {

  @Override
  public String key() {
    return uid;
  }

  /** {@code uid:seq}, the CloudEvents id. */
  public String id() {
    return uid + ":" + seq;
  }
}

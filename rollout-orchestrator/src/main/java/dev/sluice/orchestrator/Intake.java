package dev.sluice.orchestrator;

import java.util.concurrent.CompletionStage;

/**
 * The door to the one transaction: input, decision, log, outbox and timers are stored together or
 * not at all.
 */
public interface Intake {

  /**
   * Takes one input. Completes when it is committed, or when it had been before; completes with an
   * error when nothing is known to be stored: then the same input is to be given again, under the
   * same id.
   */
  CompletionStage<Taken> take(Input input);

  /**
   * One input.
   *
   * @param identity of the Rollout; namespace and name may be empty where only the uid is known and
   *     the Rollout exists
   * @param source what kind of input, for instance a topic's name; together with the id it is
   *     handled once
   * @param id of the message, by a natural key where there is one; null for a level: only the
   *     newest counts, and one that changes nothing costs no transaction
   * @param actor who caused it, as far as known
   * @param signal what it means
   */
  record Input(Identity identity, String source, String id, String actor, Signal signal) {}

  /** What became of an input. */
  enum Taken {
    /** Decided and committed now. */
    DECIDED,
    /** Committed before. */
    REPEATED,
    /** A level that changes nothing, or an input for a Rollout that was never seen. */
    IGNORED
  }
}

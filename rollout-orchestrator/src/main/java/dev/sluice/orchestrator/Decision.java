package dev.sluice.orchestrator;

import dev.sluice.events.Message;
import dev.sluice.events.RolloutFact;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was decided. It is stored and published as a whole or not at all.
 *
 * @param next the state from now on
 * @param entries for the log, in order; {@code seq} goes on without gap
 * @param outgoing what the other services are told, in order, after the log's entries
 * @param timers all that are armed from now on, by name
 */
public record Decision(
    Rollout next, List<Entry> entries, List<Outgoing> outgoing, Map<String, Instant> timers) {

  /**
   * An entry of the log.
   *
   * @param seq its number
   * @param epoch in which it was decided
   * @param fact what happened
   */
  public record Entry(long seq, long epoch, RolloutFact fact) {}

  /** What another service is told. */
  public sealed interface Outgoing {

    /** A message on its topic. */
    record Publish(String topic, Message message) implements Outgoing {}

    /** The key of a compacted topic is no longer needed. */
    record Forget(String topic, String key) implements Outgoing {}
  }

  /** Copies the lists. */
  public Decision {
    entries = List.copyOf(entries);
    outgoing = List.copyOf(outgoing);
  }
}

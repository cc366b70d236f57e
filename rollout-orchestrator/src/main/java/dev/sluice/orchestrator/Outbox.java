package dev.sluice.orchestrator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that are decided and not known to be published. Rollouts are spread over shards by their
 * uid; one shard is published by one publisher at a time. Methods block unless they say otherwise.
 */
public interface Outbox {

  /** How many shards there are: the same for all instances, for ever. */
  int SHARDS = 4;

  /** Where the messages of a Rollout are. */
  static int shardOf(String uid) {
    return Math.floorMod(uid.hashCode(), SHARDS);
  }

  /**
   * The right to publish the messages of a shard; empty while another publisher has it.
   *
   * @param shard 0 to {@link #SHARDS} - 1
   * @param onHint is called, on any thread, when somebody has given a hint for the shard
   */
  Optional<Lease> lease(int shard, Runnable onHint);

  /**
   * Tells whoever has the right that a message waits. It may get lost, and does not block: who has
   * the right looks by himself every now and then.
   */
  void hint(int shard);

  /** The right to publish. Whoever has lost it must not publish any more. */
  interface Lease extends AutoCloseable {

    /** Whether it is not known to be lost. */
    boolean isHeld();

    /**
     * The next messages, those of one Rollout in their order and without a gap. They stay until
     * they are {@link #published}.
     *
     * @param limit the most that are returned
     * @param without Rollouts whose messages are held back
     */
    List<Waiting> waiting(int limit, Set<String> without);

    /** These need not be published again. */
    void published(List<Waiting> messages);

    /** Another may have it. Never throws. */
    @Override
    void close();
  }

  /**
   * A message that waits.
   *
   * @param id its number
   * @param uid of the Rollout
   * @param topic to publish it on
   * @param key of the record
   * @param payload null for a tombstone
   * @param headers of the record
   */
  record Waiting(
      long id, String uid, String topic, String key, byte[] payload, Map<String, String> headers) {}
}

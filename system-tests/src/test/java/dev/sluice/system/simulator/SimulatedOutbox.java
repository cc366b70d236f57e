package dev.sluice.system.simulator;

import dev.sluice.system.simulator.SimulatedKafka.Sending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The table of messages that wait, and who may publish them. That right lives in a session of the
 * database: it ends with the session, which may end without the one who had it.
 */
final class SimulatedOutbox {

  /** As many as the real relay takes at once. */
  private static final int BATCH = 500;

  /**
   * A message that waits.
   *
   * @param number in the order of its Rollout's messages, from 1
   */
  record Row(String uid, long number, Sending sending) {}

  /** Somebody who publishes, or wants to. */
  interface Publisher {

    /** Others wait for the right, or have committed something. */
    void hinted();

    /** The database has ended the session. */
    void ended(long session);
  }

  private final Guards guards;
  private final List<Row> waiting = new ArrayList<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Long, Publisher> sessions = new TreeMap<>();
  private final List<Publisher> publishers = new ArrayList<>();
  private long opened;

  SimulatedOutbox(Guards guards) {
    this.guards = guards;
  }

  void add(String uid, Sending sending) {
    waiting.add(new Row(uid, numbers.merge(uid, 1L, Long::sum), sending));
  }

  /** The next rows, in their order. */
  List<Row> waiting() {
    return List.copyOf(waiting.subList(0, Math.min(BATCH, waiting.size())));
  }

  /** These need not be published again. */
  void published(List<Row> rows) {
    waiting.removeAll(rows);
  }

  void join(Publisher publisher) {
    publishers.add(publisher);
  }

  /** The right to publish, in a session of its own; empty while somebody else has it. */
  OptionalLong lease(Publisher publisher) {
    if (guards.isOn(Guard.RELAY_LEASE) && !sessions.isEmpty()) {
      return OptionalLong.empty();
    }
    sessions.put(++opened, publisher);
    return OptionalLong.of(opened);
  }

  /** Whether the session goes on: only then can it read and mark. */
  boolean isOpen(long session) {
    return sessions.containsKey(session);
  }

  /** Tells whoever has the right that something waits. */
  void hint() {
    sessions.values().forEach(Publisher::hinted);
  }

  /** Nobody has the right by this session any more. */
  void end(long session) {
    Publisher publisher = sessions.remove(session);
    if (publisher != null) {
      publisher.ended(session);
      publishers.forEach(Publisher::hinted);
    }
  }

  /** The database has gone away, and all sessions with it. */
  void endAll() {
    List.copyOf(sessions.keySet()).forEach(this::end);
  }
}

package dev.sluice.devkit.prometheus;

import java.util.HashMap;
import java.util.Map;

/** Whose turn it is in each sequence, counted from 0. */
final class Turns {

  private final Map<String, Sequence> sequences = new HashMap<>();

  /**
   * The turn of a call. A call that names a time which this sequence has answered before is that
   * question again, and gets its turn again.
   *
   * @param time null: every call is a question of its own
   */
  synchronized int take(String id, String time) {
    Sequence sequence = sequences.computeIfAbsent(id, none -> new Sequence());
    sequence.calls++;
    return time == null
        ? sequence.next++
        : sequence.byTime.computeIfAbsent(time, none -> sequence.next++);
  }

  /** All calls, repeated ones too. */
  synchronized long calls(String id) {
    Sequence sequence = sequences.get(id);
    return sequence == null ? 0 : sequence.calls;
  }

  /** All calls of all sequences. */
  synchronized long calls() {
    return sequences.values().stream().mapToLong(sequence -> sequence.calls).sum();
  }

  private static final class Sequence {
    private final Map<String, Integer> byTime = new HashMap<>();
    private int next;
    private long calls;
  }
}

package dev.sluice.devkit.kubernetes.store;

import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.ArrayDeque;
import java.util.List;

/** The last changes, so that a watch can start where a list ended. */
final class History {
  private final int capacity;
  private final ArrayDeque<Change> changes = new ArrayDeque<>();
  private long forgotten;

  /**
   * @param capacity number of changes kept
   * @param start revision before which nothing is known
   */
  History(int capacity, long start) {
    this.capacity = capacity;
    this.forgotten = start;
  }

  void add(Change change) {
    changes.addLast(change);
    if (changes.size() > capacity) {
      forgotten = changes.removeFirst().revision();
    }
  }

  /** What happened after a revision; Expired where part of that is forgotten. */
  List<Change> after(long revision) {
    if (revision < forgotten) {
      throw ApiError.expired("too old resource version: %d (%d)".formatted(revision, forgotten));
    }
    return changes.stream().filter(change -> change.revision() > revision).toList();
  }
}

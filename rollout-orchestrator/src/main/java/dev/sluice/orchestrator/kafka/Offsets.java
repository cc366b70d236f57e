package dev.sluice.orchestrator.kafka;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How far a partition may be committed: records are done in any order, but only what lies before
 * the first one that is not done is behind us.
 */
final class Offsets {

  private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();
  private volatile long next = -1;
  private volatile boolean ours = true;
  private long committed = -1;

  /** Called in the order of the offsets. */
  void started(long offset) {
    open.add(offset);
    next = offset + 1;
  }

  /** Without effect on a partition that is lost: what was given up there is not done. */
  void done(long offset) {
    if (ours) {
      open.remove(offset);
    }
  }

  int openRecords() {
    return open.size();
  }

  /** Whether the partition is still assigned to us; its records need not be done otherwise. */
  boolean isOurs() {
    return ours;
  }

  void lost() {
    ours = false;
  }

  /** The offset to commit, where it is another one than the last time. */
  OptionalLong toCommit() {
    // In this order: a record that starts in between is not passed over.
    long reached = next;
    Long first = firstOpen();
    long offset = first == null ? reached : Math.min(first, reached);
    if (offset < 0 || offset == committed) {
      return OptionalLong.empty();
    }
    committed = offset;
    return OptionalLong.of(offset);
  }

  private Long firstOpen() {
    var iterator = open.iterator();
    return iterator.hasNext() ? iterator.next() : null;
  }
}

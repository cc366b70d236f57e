package dev.sluice.traffic.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;

/**
 * The reading of one assigned partition, from its beginning. Until its end is reached, only the
 * newest split of each Rollout is kept: what came before is history and not to be applied.
 */
final class PartitionRead {

  private final long end;
  private final long handledBefore;
  private final NavigableMap<Long, Future<?>> letters = new TreeMap<>();
  private long committed;
  private Optional<Map<String, WantedSplit>> history = Optional.of(new LinkedHashMap<>());

  /**
   * Begins.
   *
   * @param end of the partition when it was assigned
   * @param committed up to where an earlier reader of the group had handled it
   */
  PartitionRead(long end, long committed) {
    this.end = end;
    this.handledBefore = committed;
    this.committed = committed;
  }

  /** Takes it as history; false where the end was reached before, so that it counts now. */
  boolean keeps(WantedSplit split) {
    history.ifPresent(kept ->
        kept.merge(
            split.message().uid(),
            split,
            (known, read) ->
                read.message().fence().isOlderThan(known.message().fence()) ? known : read));
    return history.isPresent();
  }

  /** Nothing is wanted of this Rollout any more. */
  void forget(String uid) {
    history.ifPresent(kept -> kept.remove(uid));
  }

  /**
   * All before this offset was read.
   *
   * @return the newest splits, once, where that reaches the end
   */
  Iterable<WantedSplit> reached(long offset) {
    if (history.isEmpty() || offset < end) {
      return List.of();
    }
    var newest = history.get().values();
    history = Optional.empty();
    return newest;
  }

  boolean isAtEnd() {
    return history.isEmpty();
  }

  /** This record is put aside; it counts as handled when that is done. */
  void putAside(long offset, Future<?> letter) {
    letters.put(offset, letter);
  }

  /** Up to where everything is handled, where all before this offset was read. */
  long handled(long offset) {
    letters.values().removeIf(Future::isDone);
    return letters.isEmpty() ? offset : letters.firstKey();
  }

  /** Up to where the group has committed. */
  long committed() {
    return committed;
  }

  void commits(long offset) {
    committed = offset;
  }

  /** Whether an earlier reader put this record aside already, if it had to be. */
  boolean wasHandled(long offset) {
    return offset < handledBefore;
  }
}

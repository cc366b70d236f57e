package dev.sluice.system.simulator.invariant;

import dev.sluice.system.simulator.invariant.Observation.Published;
import java.util.List;
import java.util.Optional;

/**
 * The messages of a Rollout are published in the order in which they were decided: whoever drops
 * what he knows sees no gap, and no transaction ends before what was published already. Compaction
 * keeps the last record of a key, so the last one must be the newest.
 */
public final class PublishedInOrder implements Invariant {

  private long newest;

  @Override
  public String id() {
    return "order";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return seen instanceof Published(_, List<Long> rows) ? follow(rows) : Optional.empty();
  }

  private Optional<String> follow(List<Long> rows) {
    long before = rows.getFirst() - 1;
    if (before > newest) {
      return Optional.of("message %d follows message %d".formatted(before + 1, newest));
    }
    for (long row : rows) {
      if (row != ++before) {
        return Optional.of("message %d follows message %d".formatted(row, before - 1));
      }
    }
    if (before < newest) {
      return Optional.of("message %d is last, but %d was published".formatted(before, newest));
    }
    newest = before;
    return Optional.empty();
  }
}

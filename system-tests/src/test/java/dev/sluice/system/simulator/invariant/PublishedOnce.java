package dev.sluice.system.simulator.invariant;

import dev.sluice.system.simulator.invariant.Observation.Published;
import dev.sluice.system.simulator.invariant.Observation.PublisherStopped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a publisher has published nobody publishes again, as long as that one goes on: at least once
 * is for what fails, once is what is usual.
 */
public final class PublishedOnce implements Invariant {

  private final Map<Long, Long> publishers = new HashMap<>();
  private final Set<Long> stopped = new HashSet<>();

  @Override
  public String id() {
    return "once";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case PublisherStopped(long by) -> {
        stopped.add(by);
        yield Optional.empty();
      }
      case Published(long by, List<Long> rows) -> published(by, rows);
      default -> Optional.empty();
    };
  }

  private Optional<String> published(long by, List<Long> rows) {
    for (long row : rows) {
      Long before = publishers.put(row, by);
      if (before != null && !stopped.contains(before)) {
        return Optional.of(
            "%d publishes message %d, which %d has published".formatted(by, row, before));
      }
    }
    return Optional.empty();
  }
}

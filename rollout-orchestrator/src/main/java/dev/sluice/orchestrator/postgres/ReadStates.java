package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states whose text was read or written last, so that an instance which decides about the same
 * Rollouts again and again does not parse what it wrote itself. Only an equal text is the same
 * state: whoever else wrote the row, or whatever database came back from a backup, is read.
 */
final class ReadStates {

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String text, Rollout rollout) {}

  /** The state of a row as it was just read from the store. */
  Rollout of(RolloutRow row) {
    Known last = known.get(row.uid);
    if (last != null && last.text().equals(row.state)) {
      return last.rollout();
    }
    Rollout rollout = row.rollout();
    know(row, rollout);
    return rollout;
  }

  /** The row's text says this state. */
  void know(RolloutRow row, Rollout rollout) {
    if (rollout.progress() instanceof Progress.Gone) {
      known.remove(row.uid);
    } else {
      known.put(row.uid, new Known(row.state, rollout));
    }
  }
}

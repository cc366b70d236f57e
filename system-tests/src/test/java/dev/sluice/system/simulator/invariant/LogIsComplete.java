package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.EntryRead;
import java.util.Optional;

/**
 * I3: every state change is in the event log exactly once, gap-free; and whoever reads the log and
 * drops what he knows sees no gap.
 *
 * <p>No state change in this sense: what was observed of the cluster, another number of replicas
 * (the sizes that follow from it are logged), and how far a ReplicaSet is on its way out.
 */
public final class LogIsComplete implements Invariant {

  private long stored;
  private long read;

  @Override
  public String id() {
    return "I3";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> stored(decided);
      case EntryRead(var event) -> {
        if (event.seq() > read + 1) {
          yield Optional.of("the log goes from %d to %d".formatted(read, event.seq()));
        }
        read = Math.max(read, event.seq());
        yield Optional.empty();
      }
      case Observation.CameToRest _ ->
          read == stored
              ? Optional.empty()
              : Optional.of("%d entries were published of %d".formatted(read, stored));
      default -> Optional.empty();
    };
  }

  private Optional<String> stored(Decided decided) {
    Rollout before = decided.before();
    Rollout next = decided.decision().next();
    for (Decision.Entry entry : decided.decision().entries()) {
      if (entry.seq() != stored + 1) {
        return Optional.of("entry %d after %d".formatted(entry.seq(), stored));
      }
      stored = entry.seq();
    }
    if (next.seq() != stored) {
      return Optional.of("the state says %d, the log %d".formatted(next.seq(), stored));
    }
    boolean raised =
        (next.deadlineExceeded() && !before.deadlineExceeded())
            || (next.capacityForced() && !before.capacityForced());
    boolean changed = raised || !Essence.of(before).equals(Essence.of(next));
    return changed && decided.decision().entries().isEmpty()
        ? Optional.of("nothing is logged of " + Essence.of(before) + " -> " + Essence.of(next))
        : Optional.empty();
  }
}

package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Progress;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SelectorWritten;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.Optional;

/**
 * I16: nothing happens for a uid after its deletion: nothing is logged, published, timed or changed
 * any more, and nothing is written that was computed from the deletion or later. What was on its
 * way before may still land; the objects go with their owner.
 */
public final class DeletedStaysDeleted implements Invariant {

  private Fence deletion;

  @Override
  public String id() {
    return "I16";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> decided(decided);
      case SizeWritten size -> written(size.fence(), seen);
      case SelectorWritten selector -> written(selector.fence(), seen);
      case WeightWritten weight -> written(weight.fence(), seen);
      default -> Optional.empty();
    };
  }

  private Optional<String> decided(Decided decided) {
    if (deletion == null) {
      if (decided.decision().next().progress() instanceof Progress.Gone) {
        deletion = decided.decision().next().fence();
      }
      return Optional.empty();
    }
    boolean still =
        decided.decision().entries().isEmpty()
            && decided.decision().outgoing().isEmpty()
            && decided.decision().timers().isEmpty()
            && decided.decision().next().equals(decided.before());
    return still
        ? Optional.empty()
        : Optional.of("decided after the deletion: " + decided.decision());
  }

  private Optional<String> written(Fence fence, Observation seen) {
    return deletion == null || fence.isOlderThan(deletion)
        ? Optional.empty()
        : Optional.of("written after the deletion: " + seen);
  }
}

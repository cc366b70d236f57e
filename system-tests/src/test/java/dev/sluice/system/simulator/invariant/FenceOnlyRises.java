package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.Optional;

/**
 * I15: (epoch, seq) only rises, in the store and on the route.
 *
 * <p>Exception: what is written on the route of a Rollout that is gone goes with it.
 */
public final class FenceOnlyRises implements Invariant {

  private Fence stored = Fence.NONE;
  private Fence routed = Fence.NONE;

  @Override
  public String id() {
    return "I15";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> {
        Fence before = stored;
        stored = decided.decision().next().fence();
        yield stored.isOlderThan(before)
            ? Optional.of("the store goes from " + before + " to " + stored)
            : Optional.empty();
      }
      case WeightWritten weight when !weight.isForeign() && world.uid().isPresent() -> {
        Fence before = routed;
        routed = weight.fence();
        yield routed.isOlderThan(before)
            ? Optional.of("the route goes from " + before + " to " + routed)
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}

package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I1: an applied canary weight equals the desired one with that fence; while an update is neither
 * aborted nor promoted it is at most the weight of the current step.
 *
 * <p>Exceptions: what a stranger wrote, until it is put right. And the weight that was in force, or
 * on its way, when the epoch began: a new revision, changed steps or a retry find it there, and it
 * may have to wait for capacity before it falls to the new first step.
 */
public final class WeightIsAsDesired implements Invariant {

  private final Map<Fence, TrafficDesired> desired = new HashMap<>();
  private int written;
  private int inherited;

  @Override
  public String id() {
    return "I1";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    switch (seen) {
      case Decided decided -> remember(decided, world);
      case WeightWritten weight when !weight.isForeign() -> written = weight.after();
      default -> {
        return Optional.empty();
      }
    }
    if (world.isForeign() || world.fence().equals(Fence.NONE)) {
      return Optional.empty();
    }
    TrafficDesired wanted = desired.get(world.fence());
    if (wanted == null) {
      return Optional.of("the route carries fence " + world.fence() + " of no decision");
    }
    if (wanted.weight() != world.weight()) {
      return Optional.of(
          "weight %d on the route, but %d is desired with fence %s"
              .formatted(world.weight(), wanted.weight(), world.fence()));
    }
    return world.rollout().flatMap(rollout -> aboveStep(rollout, world));
  }

  private void remember(Decided decided, World world) {
    Rollout before = decided.before();
    if (before.epoch() == 0) {
      written = world.weight();
    }
    if (before.epoch() != decided.decision().next().epoch()) {
      inherited = Math.max(written, before.route().highestWeight());
    }
    for (Outgoing outgoing : decided.decision().outgoing()) {
      if (outgoing instanceof Outgoing.Publish(_, TrafficDesired wanted)) {
        desired.put(wanted.fence(), wanted);
      }
    }
  }

  private Optional<String> aboveStep(Rollout rollout, World world) {
    if (!(rollout.progress() instanceof Progress.Stepping(int step))
        || world.fence().epoch() != rollout.epoch()) {
      return Optional.empty();
    }
    int most = inherited;
    for (int i = 0; i <= step; i++) {
      if (rollout.specification().steps().get(i).main() instanceof Step.SetWeight(int weight)) {
        most = Math.max(most, weight);
      }
    }
    return world.weight() <= most
        ? Optional.empty()
        : Optional.of(
            "weight %d at step %d, which allows %d".formatted(world.weight(), step, most));
  }
}

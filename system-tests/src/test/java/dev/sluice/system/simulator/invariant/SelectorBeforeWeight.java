package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I10: a selector switch is verified before the weight that depends on it rises: the canary's
 * before the canary gets more, the stable one before the stable side gets more.
 *
 * <p>Exception: where both Services select the same pods by now, a weight has no meaning: an abort
 * points the canary Service at the stable pods before a raise that was on its way has landed. And
 * where the user took the router away, wants no pods, or has deleted the Rollout. And what a
 * stranger made of a selector, until it is put right. And a full promotion switches the stable
 * Service under whatever weight there is, also one that is on its way: what falls then falls to the
 * promoted revision.
 */
public final class SelectorBeforeWeight implements Invariant {

  private final Map<Fence, TrafficDesired> desired = new HashMap<>();
  private int written = -1;

  @Override
  public String id() {
    return "I10";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (seen instanceof Decided decided) {
      decided
          .decision()
          .outgoing()
          .forEach(o -> {
            if (o instanceof Outgoing.Publish(_, TrafficDesired wanted)) {
              desired.put(wanted.fence(), wanted);
            }
          });
    }
    return seen instanceof WeightWritten weight && !weight.isForeign()
        ? landed(weight, world)
        : Optional.empty();
  }

  private Optional<String> landed(WeightWritten weight, World world) {
    int before = written < 0 ? weight.before() : written;
    written = weight.after();
    TrafficDesired wanted = desired.get(weight.fence());
    boolean samePods = world.canarySelector().equals(world.stableSelector());
    Rollout rollout = world.rollout().orElseThrow();
    boolean nobodyIsServed =
        Headcount.isByPods(rollout)
            || rollout.specification().replicas() == 0
            || !world.uid().equals(Optional.of(rollout.identity().uid()));
    if (wanted == null || samePods || nobodyIsServed || world.isSelectorForeign()) {
      return Optional.empty();
    }
    if (weight.after() > before && !world.canarySelector().equals(wanted.canary().podHash())) {
      return Optional.of(
          "weight %d -> %d for %s, but the canary Service selects %s"
              .formatted(
                  before, weight.after(), wanted.canary().podHash(), world.canarySelector()));
    }
    boolean fallsToStable =
        world.stableSelector().equals(wanted.stable().podHash())
            || world.stableSelector().equals(rollout.stableHash());
    if (weight.after() < before && !fallsToStable) {
      return Optional.of(
          "weight %d -> %d for %s, but the stable Service selects %s"
              .formatted(
                  before, weight.after(), wanted.stable().podHash(), world.stableSelector()));
    }
    return Optional.empty();
  }
}

package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I9 for pods that were there: no weight is wanted for a canary of which not one pod is available.
 *
 * <p>Exceptions: nothing moves while the specification cannot be used; a share that cannot go back,
 * as the stable Service does not select the stable pods, stays until it does; and where there are
 * to be no pods nobody is better off on the other side.
 */
public final class LostCanaryGetsNothing implements Invariant {

  private Cluster told = Cluster.EMPTY;

  @Override
  public String id() {
    return "I9 of lost pods";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    if (decided.told() instanceof Signal.ClusterObserved(Cluster cluster)) {
      told = cluster;
    }
    Rollout next = decided.decision().next();
    if (!next.isKnown() || Headcount.isByPods(next) || !isUpdating(next)) {
      return Optional.empty();
    }
    String canary = next.revision().podHash();
    boolean isSelected =
        told.canarySelector().equals(canary) && told.stableSelector().equals(next.stableHash());
    return isSelected && told.available(canary) == 0 && next.route().desiredWeight() > 0
        ? Optional.of(
            "weight %d is wanted for %s, of which no pod is available"
                .formatted(next.route().desiredWeight(), canary))
        : Optional.empty();
  }

  private static boolean isUpdating(Rollout rollout) {
    boolean updating =
        rollout.progress() instanceof Progress.Stepping
            || rollout.progress() instanceof Progress.Promoting;
    return updating
        && rollout.specification().replicas() > 0
        && rollout.problem().isEmpty()
        && rollout.quarantine().isEmpty();
  }
}

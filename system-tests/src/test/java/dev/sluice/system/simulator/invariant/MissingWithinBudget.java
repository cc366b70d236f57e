package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Map;
import java.util.Optional;

/**
 * I8 without a router, where maxUnavailable takes its place: scaling leaves no fewer available pods
 * than may be missing.
 *
 * <p>Pods that die, or that never come, are no scaling; where too many are missing already, no pod
 * that is available goes.
 */
public final class MissingWithinBudget implements Invariant {

  private final Headcount pods = new Headcount();

  @Override
  public String id() {
    return "I8 by pods";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return seen instanceof Decided decided && pods.hears(decided)
        ? tooFew(decided.decision().next())
        : Optional.empty();
  }

  private Optional<String> tooFew(Rollout rollout) {
    int before = pods.carrying(Map.of());
    int after = pods.carrying(Sizes.of(rollout));
    return after >= Math.min(before, pods.least(rollout))
        ? Optional.empty()
        : Optional.of(
            "%d of %d available pods are left, where %d are the fewest"
                .formatted(after, before, pods.least(rollout)));
  }
}

package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Retirement;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * No more old ReplicaSets wait for the end of their delay than the user allows; and none waits that
 * is wanted again.
 */
public final class DelayedWithinLimit implements Invariant {

  @Override
  public String id() {
    return "delayed revisions";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return seen instanceof Decided decided && isAlive(decided.decision().next())
        ? wrong(decided.decision().next())
        : Optional.empty();
  }

  private static boolean isAlive(Rollout rollout) {
    return rollout.revision() != null && !(rollout.progress() instanceof Progress.Gone);
  }

  private static Optional<String> wrong(Rollout rollout) {
    String current = rollout.revision().podHash();
    if (rollout.retirements().containsKey(rollout.stableHash())) {
      return Optional.of("the stable ReplicaSet is to go");
    }
    if (rollout.retirements().containsKey(current) && !rollout.isAborted()) {
      return Optional.of("the ReplicaSet of the wanted revision is to go");
    }
    long waiting =
        rollout.retirements().entrySet().stream()
            .filter(each -> each.getValue() instanceof Retirement.Until)
            .filter(each -> !each.getKey().equals(current))
            .count();
    int most = rollout.specification().scaling().delayedRevisions();
    return waiting <= most
        ? Optional.empty()
        : Optional.of("%d old ReplicaSets wait, where %d may".formatted(waiting, most));
  }
}

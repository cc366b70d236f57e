package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SelectorWritten;
import java.util.Optional;

/**
 * I10: the stable Service is switched only to pods that are all there.
 *
 * <p>Exceptions: of a new revision as many as the user says are enough. Where no pod is available
 * that it selects, any other one is better. A selector that slipped, or that a stranger has
 * changed, is being put right; one that was emptied gets back what it had.
 */
public final class StablePodsAreAllThere implements Invariant {

  private final Headcount pods = new Headcount();
  private String selector = "";
  private String last = "";

  @Override
  public String id() {
    return "I10 of stable";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    Optional<String> violation = asked(seen, world);
    selector = world.stableSelector();
    if (!selector.isEmpty()) {
      last = selector;
    }
    return violation;
  }

  private Optional<String> asked(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> {
        pods.hears(decided);
        yield Optional.empty();
      }
      case SelectorWritten(boolean canary, String before, String after, _, boolean outdated)
          when !canary && !outdated && !world.isSelectorForeign() ->
          switched(before, after, world.rollout().orElseThrow());
      default -> Optional.empty();
    };
  }

  private Optional<String> switched(String before, String after, Rollout rollout) {
    Cluster told = pods.cluster();
    int all = rollout.specification().replicas();
    if (selector.isEmpty() && after.equals(last)) {
      return Optional.empty();
    }
    boolean dead = !before.isEmpty() && told.available(before) == 0;
    boolean promoted = after.equals(rollout.revision().podHash());
    int enough = promoted ? Shares.enough(rollout.specification(), all) : all;
    return told.carrying(after) >= enough || (dead && told.carrying(after) > 0)
        ? Optional.empty()
        : Optional.of(
            "the stable Service goes to %s with %d of %d pods"
                .formatted(after, told.carrying(after), enough));
  }
}

package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I4 of setCanaryScale: such a step is done only when so many canary pods as the user calls enough
 * were seen available, and none beyond them.
 *
 * <p>Exceptions: a pod that a Service needs, or a weight, stays whatever the scale; a side that has
 * pods may have a least number of them. Without a router there is nothing to be done.
 */
public final class StepIsScaled implements Invariant {

  private Cluster told = Cluster.EMPTY;

  @Override
  public String id() {
    return "I4 of scale";
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
    if (!next.isKnown() || Headcount.isByPods(next)) {
      return Optional.empty();
    }
    for (Decision.Entry entry : decided.decision().entries()) {
      if (entry.fact() instanceof RolloutFact.StepCompleted(int step, _, _)
          && step <= next.specification().steps().size()) {
        Optional<String> wrong =
            switch (awaited(next.specification().steps().get(step - 1))) {
              case Step.SetCanaryScale.Replicas(int pods) -> wrong(next, pods, pods);
              case Step.SetCanaryScale.Weight(int share) -> wrong(next, share);
              case Step.SetCanaryScale.MatchTrafficWeight() ->
                  wrong(next, next.specification().weightAt(step - 1));
              case Step.Scaled _,
                  Step.SetWeight _,
                  Step.TimedPause _,
                  Step.EndlessPause _,
                  Step.Analysis _,
                  Step.Experiment _,
                  Step.SetRoute _,
                  Step.Plugin _ ->
                  Optional.empty();
            };
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  // A pause does not wait for the size beside it.
  private static Step awaited(Step step) {
    return step instanceof Step.Scaled(var scale, Step.SetWeight _) ? scale : step;
  }

  private Optional<String> wrong(Rollout rollout, int share) {
    int pods = Shares.pods(rollout.specification(), share);
    int least =
        Math.min(rollout.specification().scaling().leastPods(), rollout.specification().replicas());
    return wrong(rollout, pods, pods == 0 ? 0 : Math.max(pods, least));
  }

  private Optional<String> wrong(Rollout rollout, int fewest, int most) {
    String canary = rollout.revision().podHash();
    int enough = fewest == 0 ? 0 : Shares.enough(rollout.specification(), fewest);
    return told.carrying(canary) >= enough && told.actual(canary) <= Math.max(1, most)
        ? Optional.empty()
        : Optional.of(
            "the canary is scaled to %d with %d of %d pods"
                .formatted(most, told.carrying(canary), told.actual(canary)));
  }
}

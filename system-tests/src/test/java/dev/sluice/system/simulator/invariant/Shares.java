package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import java.util.List;

/** How much of the traffic whose pods get, and how many pods that takes. */
final class Shares {

  private Shares() {}

  /** Pods for this share, rounded up. Source: argo-rollouts, routed canary. */
  static int pods(Specification specification, int share) {
    long scaled = (long) share * specification.replicas();
    return (int) ((scaled + specification.maxWeight() - 1) / specification.maxWeight());
  }

  /**
   * The canary pods that this weight needs: those that carry it, or as few as the user asks for at
   * this step.
   */
  static int canaryPods(Rollout rollout, int weight) {
    Specification specification = rollout.specification();
    int carry = pods(specification, weight);
    if (!(rollout.progress() instanceof Progress.Stepping(int step))
        || weight > specification.weightAt(step)) {
      return carry;
    }
    List<Step> earlier =
        specification.steps().subList(0, step + 1).reversed().stream()
            .flatMap(each -> each.parts().stream())
            .toList();
    for (Step part : earlier) {
      switch (part) {
        case Step.SetCanaryScale.Replicas(int exactly) -> {
          return asked(exactly, carry);
        }
        case Step.SetCanaryScale.Weight(int share) -> {
          return asked(pods(specification, share), carry);
        }
        case Step.SetCanaryScale.MatchTrafficWeight() -> {
          return carry;
        }
        case Step.Scaled _,
            Step.SetWeight _,
            Step.TimedPause _,
            Step.EndlessPause _,
            Step.Analysis _,
            Step.Plugin _,
            Step.SetRoute _,
            Step.Experiment _ -> {}
      }
    }
    return carry;
  }

  // Never none where something is to be carried.
  private static int asked(int pods, int carry) {
    return Math.min(carry, Math.max(1, pods));
  }

  /** How many of so many canary pods must be available, as the user says it. */
  static int enough(Specification specification, int pods) {
    int some =
        switch (specification.scaling().threshold()) {
          case Scaling.Threshold.Percent(int percent) -> (pods * percent + 99) / 100;
          case Scaling.Threshold.Pods(int number) -> number;
        };
    return Math.min(pods, Math.max(1, some));
  }

  /** The share of a hash, where a Service without a hash sends to the pods of all. */
  static int of(World world, Specification specification, int weight, String podHash) {
    int share = 0;
    if (selects(world.canarySelector(), podHash)) {
      share += weight;
    }
    if (selects(world.stableSelector(), podHash)) {
      share += specification.maxWeight() - weight;
    }
    return share;
  }

  static boolean isSelected(World world, String podHash) {
    return selects(world.canarySelector(), podHash) || selects(world.stableSelector(), podHash);
  }

  private static boolean selects(String selector, String podHash) {
    return selector.isEmpty() || selector.equals(podHash);
  }
}

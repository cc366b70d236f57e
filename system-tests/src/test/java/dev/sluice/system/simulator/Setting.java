package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Scaling.Threshold;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Specification.AbortDelay;
import dev.sluice.orchestrator.Specification.ScaleDown;
import java.time.Duration;
import java.util.List;

/**
 * What does not change in a run.
 *
 * @param background the name of the analysis beside the steps
 * @param before how far another controller has brought the Rollout
 * @param routedAtFirst whether a router divides the traffic when Sluice comes
 * @param byPods what counts while there is no router
 * @param validAtFirst whether all that the Rollout names is there from the beginning
 * @param troubled how long people are busy and things go wrong
 * @param workload that the pod template comes from; null if it is the Rollout's own
 */
record Setting(
    int maxWeight,
    boolean dynamicStableScale,
    Duration scaleDownDelay,
    AbortDelay abortScaleDownDelay,
    Scaling scaling,
    int rollbackWindow,
    Duration progressDeadline,
    boolean abortOnDeadline,
    int replicas,
    String steps,
    String background,
    Before before,
    boolean routedAtFirst,
    ByPods byPods,
    boolean validAtFirst,
    Duration troubled,
    Specification.Workload workload) {

  /** The same with other steps. */
  Setting withSteps(String other) {
    return new Setting(
        maxWeight,
        dynamicStableScale,
        scaleDownDelay,
        abortScaleDownDelay,
        scaling,
        rollbackWindow,
        progressDeadline,
        abortOnDeadline,
        replicas,
        other,
        background,
        before,
        routedAtFirst,
        byPods,
        validAtFirst,
        troubled,
        workload);
  }

  /** What was there before Sluice. */
  enum Before {
    NOTHING,
    STABLE,
    HALFWAY,
    ABORTED
  }

  /**
   * What counts while numbers of pods are the weights.
   *
   * @param canaryService whether the Rollout names one
   * @param stableService whether the Rollout names one
   */
  record ByPods(Specification.Budget budget, boolean canaryService, boolean stableService) {

    // With none of both nothing could ever be replaced.
    private static ByPods by(Chaos chaos, int replicas) {
      int surge = chaos.below(4);
      int unavailable = chaos.between(surge == 0 ? 1 : 0, replicas);
      return new ByPods(
          new Specification.Budget(surge, unavailable), chaos.oneIn(2), chaos.oneIn(2));
    }
  }

  private static Before before(Chaos chaos) {
    if (chaos.oneIn(8)) {
      return chaos.oneIn(4) ? Before.ABORTED : Before.HALFWAY;
    }
    return chaos.oneIn(16) ? Before.STABLE : Before.NOTHING;
  }

  static Setting by(Chaos chaos) {
    boolean dynamic = chaos.oneIn(2);
    List<AbortDelay> delays =
        List.of(
            new AbortDelay.After(Duration.ofSeconds(10)),
            new AbortDelay.After(Duration.ZERO),
            new AbortDelay.Never());
    int replicas = chaos.between(1, 8);
    return new Setting(
        100,
        dynamic,
        dynamic ? Duration.ZERO : Duration.ofSeconds(chaos.below(25)),
        chaos.oneOf(delays),
        scaling(chaos),
        chaos.below(3),
        Duration.ofSeconds(chaos.between(40, 90)),
        chaos.oneIn(3),
        replicas,
        StepLists.by(chaos, chaos.own("experiment steps")),
        Backgrounds.by(chaos),
        before(chaos),
        !chaos.oneIn(3),
        ByPods.by(chaos, replicas),
        !chaos.oneIn(12),
        Duration.ofSeconds(chaos.between(60, 420)),
        chaos.oneIn(4) ? workload(chaos) : null);
  }

  private static Specification.Workload workload(Chaos chaos) {
    return new Specification.Workload(
        "Deployment", "app", chaos.oneOf(List.of(ScaleDown.values())), 1);
  }

  // Mostly as if nothing were said: what is said relaxes what is checked.
  private static Scaling scaling(Chaos chaos) {
    Threshold threshold =
        switch (chaos.below(8)) {
          case 0 -> new Threshold.Percent(chaos.below(100));
          case 1 -> new Threshold.Pods(chaos.between(1, 6));
          default -> Scaling.PLAIN.threshold();
        };
    return new Scaling(
        chaos.oneIn(4) ? chaos.between(1, 5) : 0,
        threshold,
        chaos.oneIn(3) ? chaos.below(3) : Integer.MAX_VALUE);
  }
}

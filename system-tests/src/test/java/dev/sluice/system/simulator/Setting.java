package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Specification.AbortDelay;
import java.time.Duration;
import java.util.List;

/**
 * What does not change in a run.
 *
 * @param before how far another controller has brought the Rollout
 * @param routedAtFirst whether a router divides the traffic when Sluice comes
 * @param byPods what counts while there is no router
 * @param validAtFirst whether all that the Rollout names is there from the beginning
 * @param troubled how long people are busy and things go wrong
 */
record Setting(
    int maxWeight,
    boolean dynamicStableScale,
    Duration scaleDownDelay,
    AbortDelay abortScaleDownDelay,
    int rollbackWindow,
    Duration progressDeadline,
    boolean abortOnDeadline,
    int replicas,
    String steps,
    Before before,
    boolean routedAtFirst,
    ByPods byPods,
    boolean validAtFirst,
    Duration troubled) {

  /** The same with other steps. */
  Setting withSteps(String other) {
    return new Setting(
        maxWeight,
        dynamicStableScale,
        scaleDownDelay,
        abortScaleDownDelay,
        rollbackWindow,
        progressDeadline,
        abortOnDeadline,
        replicas,
        other,
        before,
        routedAtFirst,
        byPods,
        validAtFirst,
        troubled);
  }

  /** What was there before Sluice. */
  enum Before {
    NOTHING,
    STABLE,
    HALFWAY
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
        chaos.below(3),
        Duration.ofSeconds(chaos.between(40, 90)),
        chaos.oneIn(3),
        replicas,
        chaos.oneOf(StepLists.names()),
        chaos.oneIn(8) ? Before.HALFWAY : chaos.oneIn(16) ? Before.STABLE : Before.NOTHING,
        !chaos.oneIn(3),
        ByPods.by(chaos, replicas),
        !chaos.oneIn(12),
        Duration.ofSeconds(chaos.between(60, 420)));
  }
}

package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Specification.AbortDelay;
import java.time.Duration;
import java.util.List;

/**
 * What does not change in a run.
 *
 * @param before how far another controller has brought the Rollout
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
    boolean validAtFirst,
    Duration troubled) {

  /** What was there before Sluice. */
  enum Before {
    NOTHING,
    STABLE,
    HALFWAY
  }

  static Setting by(Chaos chaos) {
    boolean dynamic = chaos.oneIn(2);
    List<AbortDelay> delays =
        List.of(
            new AbortDelay.After(Duration.ofSeconds(10)),
            new AbortDelay.After(Duration.ZERO),
            new AbortDelay.Never());
    return new Setting(
        100,
        dynamic,
        dynamic ? Duration.ZERO : Duration.ofSeconds(chaos.below(25)),
        chaos.oneOf(delays),
        chaos.below(3),
        Duration.ofSeconds(chaos.between(40, 90)),
        chaos.oneIn(3),
        chaos.between(1, 8),
        chaos.oneOf(StepLists.names()),
        chaos.oneIn(8) ? Before.HALFWAY : chaos.oneIn(16) ? Before.STABLE : Before.NOTHING,
        !chaos.oneIn(12),
        Duration.ofSeconds(chaos.between(60, 420)));
  }
}

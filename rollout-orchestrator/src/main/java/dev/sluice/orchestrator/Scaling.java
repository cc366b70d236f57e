package dev.sluice.orchestrator;

/**
 * What the user says about numbers of pods beyond what follows from the weights.
 *
 * @param leastPods of a side that has any, where a router divides the traffic; never more than
 *     there are to be in all
 * @param threshold how much of the canary must be available to go on
 * @param delayedRevisions how many old ReplicaSets may wait for the end of their delay, the newest
 *     ones
 */
public record Scaling(int leastPods, Threshold threshold, int delayedRevisions) {

  /** Nothing: the numbers follow from the weights, and all pods must be available. */
  public static final Scaling PLAIN =
      new Scaling(0, new Threshold.Percent(Specification.PERCENT), Integer.MAX_VALUE);

  /** How much of the canary must be available to go on. Below 0 it relaxes nothing. */
  public sealed interface Threshold {

    /** A part of the pods that are wanted at the time, in percent. */
    record Percent(int value) implements Threshold {}

    /** A number of pods, however many are wanted. */
    record Pods(int value) implements Threshold {}
  }

  /** A side that is to have this many pods, as it follows from its share, gets so many. */
  int raised(int pods, int replicas) {
    return pods == 0 ? 0 : Math.max(pods, Math.min(leastPods, replicas));
  }

  /**
   * Of so many canary pods that are wanted, these must be available to go on: all, unless the
   * threshold relaxes it. It never asks for more pods than are wanted, nor for none where some are.
   */
  int enough(int wanted) {
    int asked =
        switch (threshold) {
          case null -> wanted;
          case Threshold.Percent(int value) ->
              value < 0
                  ? wanted
                  : (int)
                      (((long) value * wanted + Specification.PERCENT - 1) / Specification.PERCENT);
          case Threshold.Pods(int value) -> value < 0 ? wanted : value;
        };
    return Math.min(wanted, Math.max(1, asked));
  }
}

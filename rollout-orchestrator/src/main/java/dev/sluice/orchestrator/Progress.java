package dev.sluice.orchestrator;

import java.time.Instant;

/** How far the current revision has come. */
public sealed interface Progress {

  /** The first revision: there is nothing to compare with, so no step applies. */
  record Installing() implements Progress {}

  /**
   * The update is at this step.
   *
   * @param step its index
   */
  record Stepping(int step) implements Progress {}

  /** No step is left: the revision becomes the stable one when it can carry everything. */
  record Promoting(Reason reason) implements Progress {}

  /** The revision is the stable one; the route is not yet verified to say so. */
  record Settling() implements Progress {}

  /** The revision is the stable one, and gets all traffic. */
  record Settled() implements Progress {}

  /**
   * The update was taken back. Its pod template is still in the Rollout.
   *
   * @param reason empty if somebody asked for it
   * @param since when
   */
  record Aborted(String reason, Instant since) implements Progress {}

  /** Nothing happens any more. */
  record Gone() implements Progress {}

  /** Why no step is left. */
  enum Reason {
    ALL_STEPS,
    FULL_PROMOTION,
    WITHIN_WINDOW;

    /**
     * Whether the stable Service is switched under the weight that is there, and gets everything by
     * that: a full promotion, and what has no steps. Source: argo-rollouts.
     */
    boolean isUnderTheWeight(Specification specification) {
      return this == FULL_PROMOTION || specification.steps().isEmpty();
    }
  }
}

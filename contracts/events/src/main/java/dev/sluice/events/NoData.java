package dev.sluice.events;

/**
 * What an empty answer means where the conditions cannot be evaluated on it. It is never a success.
 */
public enum NoData {
  /** Counts for inconclusiveLimit: the run may end Inconclusive, and the Rollout pauses. */
  INCONCLUSIVE,
  /** Counts for consecutiveErrorLimit: five in a row abort, as Argo Rollouts does. */
  ERROR
}

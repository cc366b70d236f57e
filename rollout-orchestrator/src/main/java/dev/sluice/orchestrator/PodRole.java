package dev.sluice.orchestrator;

/** The part that the pods of a ReplicaSet play: a function of the state. */
public enum PodRole {
  /** They serve, or are the first ones that are to. */
  STABLE,
  /** They are on trial; after an abort, too. */
  CANARY,
  /** They are on their way out. */
  NONE;

  /** The part of the pods of this hash. */
  public static PodRole of(Rollout rollout, String podHash) {
    boolean isCurrent = podHash.equals(rollout.revision().podHash());
    boolean isStable =
        rollout.stableHash().isEmpty() ? isCurrent : podHash.equals(rollout.stableHash());
    if (isStable) {
      return STABLE;
    }
    return isCurrent ? CANARY : NONE;
  }
}

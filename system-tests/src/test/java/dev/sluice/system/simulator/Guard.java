package dev.sluice.system.simulator;

/** What protects an invariant. Each can be taken out of a run, to show that it is needed. */
enum Guard {
  /** The router drops what is older than the route. */
  FENCE_CHECK,
  /** Status is written only over a version whose commands were taken out. */
  COMPARE_AND_SWAP,
  /** The inbox remembers what it has taken. */
  DEDUPLICATION,
  /** A verdict counts only for the run and the epoch that it names. */
  EPOCH_CHECK,
  /** Pods count when they are available, not when they are wanted. */
  CAPACITY_GATE
}

package dev.sluice.system.simulator;

/** What is asked of a part of a run. */
enum Mode {
  /** Everything goes wrong: nothing that must never be may be, after any event. */
  SAFETY,
  /** Nothing goes wrong any more: within bounded time all that is wanted must have come. */
  LIVENESS
}

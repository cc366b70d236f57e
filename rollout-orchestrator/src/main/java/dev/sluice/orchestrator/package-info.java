/**
 * Decides what happens next to a Rollout.
 *
 * <p>{@link dev.sluice.orchestrator.Decider} is the one place where anything is decided: a pure
 * function from a state, a signal and a time to the next state and what follows from it. The
 * sub-packages are the borders to the neighbours; nothing in this package knows them.
 */
package dev.sluice.orchestrator;

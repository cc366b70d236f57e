/**
 * The whole system in one thread, on a virtual clock, out of one seed: real cores, and neighbours
 * that lose, repeat, delay, reorder, crash and sleep. Invariants are checked after every event.
 *
 * <p>A seed decides everything: who does what when, and what goes wrong. {@code -Dsluice.seed=N}
 * plays one run again and prints all of it; {@code -Dsluice.seeds=N} says how many are played.
 */
package dev.sluice.system.simulator;

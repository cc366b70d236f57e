/**
 * What must hold whatever happens, one class each. They see a run only as {@link
 * dev.sluice.system.simulator.invariant.Observation}s and the {@link
 * dev.sluice.system.simulator.invariant.World} as it is, so they can watch any recorded run.
 */
package dev.sluice.system.simulator.invariant;

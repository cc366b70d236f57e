/**
 * The cluster as a neighbour. What is seen becomes signals; what was decided becomes objects. Each
 * observed change leads to one pass for its Rollout: observe, give signals, then compare and write
 * what differs. Passes of one Rollout never overlap; a pass that changes nothing writes nothing.
 */
package dev.sluice.orchestrator.kubernetes;

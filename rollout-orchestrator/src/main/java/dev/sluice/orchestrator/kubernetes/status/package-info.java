/**
 * What a Rollout's status shows: from the state to JSON as tools read it, and from there to the
 * smallest patch. Pure.
 */
package dev.sluice.orchestrator.kubernetes.status;

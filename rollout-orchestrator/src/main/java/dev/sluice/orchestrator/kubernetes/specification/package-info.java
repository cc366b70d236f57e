/**
 * From manifests to what decisions need: a valid {@link dev.sluice.orchestrator.Specification}, or
 * the one sentence that says what is wrong. Pure: objects in, signals out.
 */
package dev.sluice.orchestrator.kubernetes.specification;

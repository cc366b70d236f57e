/**
 * Scenarios that were recorded with Argo Rollouts, played against Sluice: same manifests, same
 * inputs, and what can be seen in the cluster must come out equal, but for differences that are
 * listed with their reasons.
 */
package dev.sluice.system.golden;

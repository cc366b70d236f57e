/**
 * A cluster for tests: the real API server of the devkit, its players, and the real decisions
 * behind a map in place of the store.
 */
package dev.sluice.orchestrator.kubernetes.world;

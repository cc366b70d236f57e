/** What stands around the service in its integration tests. */
package dev.sluice.orchestrator.world;

/** What comes in over HTTP: notifications of image registries. Hints, never facts. */
package dev.sluice.orchestrator.http;

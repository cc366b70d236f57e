/** The worker's figures for Prometheus. */
package dev.sluice.analysis.telemetry;

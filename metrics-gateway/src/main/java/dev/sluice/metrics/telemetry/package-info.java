/** What the gateway does, in figures on {@code /q/metrics}. */
package dev.sluice.metrics.telemetry;

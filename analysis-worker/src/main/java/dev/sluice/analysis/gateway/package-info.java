/** The worker's way to the metrics gateway: one question, one answer, and no failure of its own. */
package dev.sluice.analysis.gateway;

/**
 * Decides what becomes of a question for a metric: whether its endpoint may be asked at all,
 * whether it is asked now, later or not, and who else waits for the same answer. Knows no provider
 * and no protocol.
 */
package dev.sluice.metrics;

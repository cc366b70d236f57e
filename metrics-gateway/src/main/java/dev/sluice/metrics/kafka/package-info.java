/**
 * Calls of step plugins come on {@code plugin.calls}, answers go to {@code plugin.answers}. Without
 * a broker the gateway answers queries all the same.
 */
package dev.sluice.metrics.kafka;

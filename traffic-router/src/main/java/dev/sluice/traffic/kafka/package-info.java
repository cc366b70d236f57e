/**
 * The log of wanted splits ({@code traffic.desired}), and where it is told what became of them
 * ({@code traffic.applied}).
 *
 * <p>The plain Kafka client and not the reactive connector: assigned partitions are read from their
 * beginning, nothing is applied before their end is reached, and "has this partition been read to
 * where it ends now" must be answered at any time. With the client these are three calls; with a
 * connector they would be spread over its rebalance listener, its pausing and its commit strategy.
 */
package dev.sluice.traffic.kafka;

/**
 * The worker's hold on Kafka: which partitions are its own, what is in them, and one transaction
 * for what a decision publishes. Each partition has a thread, a producer and runs of its own.
 */
package dev.sluice.analysis.kafka;

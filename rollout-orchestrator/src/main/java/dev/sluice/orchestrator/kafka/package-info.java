/**
 * What comes from and goes to Kafka.
 *
 * <p>Plain Kafka clients, not Reactive Messaging: an offset is committed only after the transaction
 * of its input, different Rollouts go on at the same time while the inputs of one keep their order,
 * and a broker that is away at the start or later stops nothing else. A channel gives two of these
 * three: with its throttled commits a handler is called for one message after the other, or without
 * order; and its health and start-up are bound to the broker.
 */
package dev.sluice.orchestrator.kafka;

/**
 * The whole conversation between the services: one record for each message, and where it travels.
 *
 * <p>A released sample of each record is frozen; what is new is added beside it. Time is UTC,
 * durations are ISO-8601, weights are in parts of the route's maximum (100 unless a Rollout says
 * otherwise).
 */
package dev.sluice.events;

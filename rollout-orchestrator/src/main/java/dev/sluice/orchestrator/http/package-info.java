/**
 * What others ask over HTTP: registries announce pushes, and anybody with access may read the log.
 *
 * <p>A webhook is a hint, never a fact. Its bytes are authenticated before they are parsed, and
 * what is in it only ever becomes an image push, which the core compares with what Rollouts ask
 * for. A new kind of registry is a class beside {@link
 * dev.sluice.orchestrator.http.DistributionWebhook} and a recorded notification.
 */
package dev.sluice.orchestrator.http;

/** Prometheus, asked by instant queries over HTTP. */
package dev.sluice.metrics.prometheus;

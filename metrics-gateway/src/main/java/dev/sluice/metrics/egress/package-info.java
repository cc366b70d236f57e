/** The one way out of the gateway: to listed endpoints, without redirects, bounded. */
package dev.sluice.metrics.egress;

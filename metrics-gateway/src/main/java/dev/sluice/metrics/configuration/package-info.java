/** The gateway's settings, and how its parts are put together. */
package dev.sluice.metrics.configuration;

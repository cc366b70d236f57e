/** The worker's settings, and how its parts are put together. */
package dev.sluice.analysis.configuration;

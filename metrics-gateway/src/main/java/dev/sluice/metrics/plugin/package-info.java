/** Step plugins, called over HTTP: docs/step-plugin.md. */
package dev.sluice.metrics.plugin;

/** Who asks: the workers' questions over HTTP, and whether this gateway is ready for them. */
package dev.sluice.metrics.http;

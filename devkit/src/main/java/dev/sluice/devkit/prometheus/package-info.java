/** A real Prometheus in a process of its own, and what it finds its targets by. */
package dev.sluice.devkit.prometheus;

/**
 * A real Prometheus in a process of its own, and what it finds its targets by; and one that plays
 * answers from a script.
 */
package dev.sluice.devkit.prometheus;

/**
 * {@code ./sluice demo}: one rollout that goes well and one that is taken back, on real parts, as
 * somebody would watch it.
 */
package dev.sluice.devkit.demo;

/**
 * Measures and judges. The core: what a run has come to, what is asked next, and when the verdict
 * is reached, all as a function of what was recorded.
 */
package dev.sluice.analysis;

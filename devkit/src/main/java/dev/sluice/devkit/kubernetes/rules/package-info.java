/**
 * What a write does to an object before it is stored: pure functions from the old and the wanted to
 * the next.
 */
package dev.sluice.devkit.kubernetes.rules;

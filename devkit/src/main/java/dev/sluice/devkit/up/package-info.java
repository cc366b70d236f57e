/**
 * Sluice on a cluster that is there: the four services with a broker and a database of their own on
 * this machine, and nothing played.
 */
package dev.sluice.devkit.up;

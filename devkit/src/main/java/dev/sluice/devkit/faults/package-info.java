/** Broken networks: a proxy between a client and a neighbour that delays, loses and refuses. */
package dev.sluice.devkit.faults;

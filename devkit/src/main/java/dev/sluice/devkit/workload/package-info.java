/**
 * One process that plays all pods of an application: each answers real HTTP on a port of its own
 * and exports real metrics, well or badly, as its image says.
 */
package dev.sluice.devkit.workload;

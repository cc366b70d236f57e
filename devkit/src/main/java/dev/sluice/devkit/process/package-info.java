/**
 * Processes of their own for neighbours and services: started, paused, killed and started again on
 * the same ports; none outlives the process that started it.
 */
package dev.sluice.devkit.process;

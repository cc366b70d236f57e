/**
 * What others wrote into a Rollout's status, read as the commands that they meant. Pure: three
 * statuses in, commands out.
 */
package dev.sluice.orchestrator.kubernetes.command;

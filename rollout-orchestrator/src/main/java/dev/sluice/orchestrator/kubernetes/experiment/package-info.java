/** Experiment objects: how they are made of the experiments of steps. Pure. */
package dev.sluice.orchestrator.kubernetes.experiment;

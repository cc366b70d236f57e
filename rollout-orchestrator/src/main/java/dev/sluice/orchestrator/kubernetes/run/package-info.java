/**
 * AnalysisRun objects: how they are made of runs, and how they show what runs have come to. Pure.
 */
package dev.sluice.orchestrator.kubernetes.run;

/** Kubernetes Events: the log retold in the words that tools and people know from Argo Rollouts. */
package dev.sluice.orchestrator.kubernetes.event;

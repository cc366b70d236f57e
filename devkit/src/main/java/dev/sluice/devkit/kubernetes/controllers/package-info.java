/**
 * Players of a cluster's own controllers, for tests and the demo: ReplicaSets and Jobs get pods,
 * pods get ready, Services get Endpoints. They are clients like any other and know nothing of the
 * server but its kubeconfig. They are no part of Sluice and no substitute for Kubernetes.
 */
package dev.sluice.devkit.kubernetes.controllers;

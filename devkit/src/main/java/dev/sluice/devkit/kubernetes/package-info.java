/**
 * A Kubernetes API server of our own, for tests and the demo: it plays the neighbour over HTTP, so
 * that a real kubectl and real client libraries can be pointed at it by a kubeconfig. What it does
 * not build it refuses by name.
 */
package dev.sluice.devkit.kubernetes;

/**
 * Pure functions on one Kubernetes object in JSON: reading, patching, selecting, and the errors
 * that the API speaks.
 */
package dev.sluice.devkit.kubernetes.object;

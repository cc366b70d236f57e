/**
 * The manifests that people already have: the five kinds of {@code argoproj.io/v1alpha1}, read
 * without losing or refusing anything, with their pod template and step hashes, durations and
 * validation.
 */
package dev.sluice.crd;

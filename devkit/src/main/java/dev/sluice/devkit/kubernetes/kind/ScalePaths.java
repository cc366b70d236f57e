package dev.sluice.devkit.kubernetes.kind;

/**
 * Where a kind keeps what its scale subresource shows, as JSON pointers.
 *
 * @param labelSelector empty where the kind has none
 */
public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}

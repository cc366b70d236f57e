package dev.sluice.devkit.kubernetes.controllers;

/** What was last heard of a pod. */
sealed interface PodReport {
  /**
   * It answers.
   *
   * @param localPort 0: nothing listens
   */
  record Ready(String ip, int localPort) implements PodReport {}

  /** It does not answer. */
  record NotReady(String reason, String message) implements PodReport {}
}

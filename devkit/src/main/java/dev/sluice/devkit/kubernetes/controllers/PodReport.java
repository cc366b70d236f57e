package dev.sluice.devkit.kubernetes.controllers;

import java.util.Map;

/** What was last heard of a pod. */
sealed interface PodReport {
  /** It runs and does not answer yet. */
  record Running(String ip) implements PodReport {}

  /**
   * It answers.
   *
   * @param localPort 0: nothing listens
   */
  record Ready(String ip, int localPort) implements PodReport {}

  /** It does not answer. */
  record NotReady(String reason, String message) implements PodReport {}

  /** It fell over, and will be tried again. */
  record Crashed(String ip, String reason, String message, int restarts) implements PodReport {}

  /** It is over. */
  record Ended(Map<String, Integer> exitCodes) implements PodReport {
    public Ended {
      exitCodes = Map.copyOf(exitCodes);
    }
  }
}

package dev.sluice.orchestrator.kubernetes.event;

/**
 * One Kubernetes Event.
 *
 * @param warning whether its type is Warning
 * @param reason in one word
 * @param message for people
 */
public record Told(boolean warning, String reason, String message) {

  static Told normal(String reason, String message) {
    return new Told(false, reason, message);
  }

  static Told warning(String reason, String message) {
    return new Told(true, reason, message);
  }
}

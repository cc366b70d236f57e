package dev.sluice.orchestrator.kubernetes.event;

/**
 * One Kubernetes Event.
 *
 * @param kind how much it matters
 * @param reason in one word
 * @param message for people
 */
public record Told(Kind kind, String reason, String message) {

  /** How much an Event matters. */
  public enum Kind {
    /** What follows from a decision that is told as well: only a limited number is told. */
    DETAIL,
    /** A decision. */
    NORMAL,
    /** Somebody should look. */
    WARNING
  }

  static Told detail(String reason, String message) {
    return new Told(Kind.DETAIL, reason, message);
  }

  static Told normal(String reason, String message) {
    return new Told(Kind.NORMAL, reason, message);
  }

  static Told warning(String reason, String message) {
    return new Told(Kind.WARNING, reason, message);
  }

  /** Whether its type is Warning. */
  public boolean isWarning() {
    return kind == Kind.WARNING;
  }
}

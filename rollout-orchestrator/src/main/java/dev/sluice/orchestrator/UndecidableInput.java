package dev.sluice.orchestrator;

/**
 * The decision about an input threw, and the Rollout is quarantined as far as that could be
 * decided; or the store can never keep what identifies the input, and nothing was decided. The
 * input will not become decidable by giving it again, so whoever gave it dead-letters it.
 */
public final class UndecidableInput extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param input that could not be decided
   * @param cause what was thrown
   */
  public UndecidableInput(Intake.Input input, Throwable cause) {
    super(
        "no decision about %s from %s for %s: %s"
            .formatted(
                input.signal().getClass().getSimpleName(),
                input.source(),
                input.identity().uid(),
                cause),
        cause);
  }
}

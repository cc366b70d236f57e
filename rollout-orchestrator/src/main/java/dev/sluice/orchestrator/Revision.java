package dev.sluice.orchestrator;

import java.time.Instant;

/**
 * The pod template that the user wants now.
 *
 * @param number 1, 2, 3, ...
 * @param podHash of the template
 * @param stepsHash of the steps that it goes through
 * @param cause why it came to be
 * @param startedAt when the update began
 */
public record Revision(
    int number, String podHash, String stepsHash, String cause, Instant startedAt) {

  /** The cause of a revision that was there before this store. */
  public static final String TAKEN_OVER = "another controller began it";
}

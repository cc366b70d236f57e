package dev.sluice.metrics;

/**
 * What we take on.
 *
 * @param concurrency questions at a provider at once, for each endpoint; at least 1
 * @param waiting questions that wait for that, for each endpoint; 0 sheds at once
 * @param recentAnswers how many answers are kept for who asks the same again; 0 keeps none
 */
public record Limits(int concurrency, int waiting, int recentAnswers) {

  /** Checks the ranges. */
  public Limits {
    if (concurrency < 1 || waiting < 0 || recentAnswers < 0) {
      throw new IllegalArgumentException(
          "concurrency is at least 1, the others are not negative: %d, %d, %d"
              .formatted(concurrency, waiting, recentAnswers));
    }
  }
}

package dev.sluice.metrics;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The way to a kind of provider. */
public interface MetricProvider {

  /**
   * Asks once. Never fails: what goes wrong is a {@link Reply} too.
   *
   * @param timeout for the whole of it
   */
  CompletionStage<Reply> ask(Question question, Duration timeout);
}

package dev.sluice.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next attempt.
 *
 * @param delay 100 ms at first, then twice as long each time, at most 5 s
 */
record Backoff(Duration delay) {

  static final Backoff FIRST = new Backoff(Duration.ofMillis(100));
  private static final Duration LONGEST = Duration.ofSeconds(5);

  Backoff longer() {
    Duration twice = delay.multipliedBy(2);
    return new Backoff(twice.compareTo(LONGEST) < 0 ? twice : LONGEST);
  }

  /** Completes when the time is over. */
  CompletableFuture<Void> elapsed() {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
  }
}

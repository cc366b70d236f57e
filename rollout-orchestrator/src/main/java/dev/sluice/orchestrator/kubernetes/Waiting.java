package dev.sluice.orchestrator.kubernetes;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a port's answer. Passes run on threads that cost nothing while they wait. */
final class Waiting {

  private static final long SECONDS = 60;

  private Waiting() {}

  static <T> T on(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    } catch (TimeoutException late) {
      throw new TimeoutException("no answer within " + SECONDS + " s");
    }
  }
}

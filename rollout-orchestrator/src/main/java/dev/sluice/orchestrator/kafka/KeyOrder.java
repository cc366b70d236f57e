package dev.sluice.orchestrator.kafka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Work of one key goes one after the other, in the order of the calls; of different keys at once.
 */
final class KeyOrder {

  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Starts the work when all before it of this key has ended, however it ended. */
  CompletableFuture<Void> run(String key, Supplier<CompletionStage<Void>> work) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, result);
    if (before == null) {
      start(key, work, result);
    } else {
      // On another thread: a long queue must not become a deep stack.
      before.whenCompleteAsync((_, _) -> start(key, work, result));
    }
    return result;
  }

  private void start(
      String key, Supplier<CompletionStage<Void>> work, CompletableFuture<Void> result) {
    work.get()
        .whenComplete((_, failure) -> {
          last.remove(key, result);
          if (failure == null) {
            result.complete(null);
          } else {
            result.completeExceptionally(failure);
          }
        });
  }
}

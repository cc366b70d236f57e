package dev.sluice.devkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Things that start at the same time and end in the opposite order. */
public final class Together implements AutoCloseable {

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("world-", 0).factory());
  private final List<AutoCloseable> started = new ArrayList<>();

  /** Begins to start something; it is closed with this. */
  public <T extends AutoCloseable> Future<T> start(Callable<T> part) {
    return threads.submit(() -> {
      T result = part.call();
      add(result);
      return result;
    });
  }

  /** Takes over what has started already. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    started.add(part);
    return part;
  }

  /** Waits for a part; its failure is thrown as it was, where it is unchecked. */
  public static <T> T get(Future<T> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the world starts", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new CompletionException(e.getCause());
    }
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    for (AutoCloseable part : started.reversed()) {
      try {
        part.close();
      } catch (Exception problem) {
        System.err.println("while closing " + part + ": " + problem);
      }
    }
    started.clear();
  }
}

package dev.sluice.orchestrator.kubernetes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Work by key: never two at a time for one key, up to a number at once over all. Asking for a key
 * that waits is one asking; asking for one that is at work means once more afterwards. What fails
 * is repeated with growing delays.
 *
 * @param <K> what is worked on
 */
final class WorkQueue<K> implements AutoCloseable {

  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final Work<K> work;
  private final Failures<? super K> failures;
  private final Semaphore places;
  private final Map<K, Entry> entries = new HashMap<>();
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;

  /**
   * @param name of the threads
   * @param parallel how many keys are worked on at once
   */
  WorkQueue(String name, int parallel, Work<K> work, Failures<? super K> failures) {
    this.work = work;
    this.failures = failures;
    this.places = new Semaphore(parallel);
    this.workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
  }

  /** The work. Whatever it throws is a failure, and is repeated. */
  interface Work<K> {
    void on(K key) throws Exception;
  }

  /** Who is told of failures and of their end. */
  interface Failures<K> {
    void failed(K key, int times, Exception cause);

    void succeeded(K key, int failuresBefore);
  }

  private static final class Entry {
    boolean running;
    boolean queued;
    boolean again;
    boolean backingOff;
    int failed;
    long wakeAt = Long.MAX_VALUE;
  }

  /** Works on this key soon. */
  void add(K key) {
    synchronized (entries) {
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      if (entry.running) {
        entry.again = true;
      } else if (!entry.queued && !entry.backingOff) {
        submit(key, entry);
      }
    }
  }

  /** Works on this key after a while, or earlier if something else asks for it. */
  void addAfter(K key, Duration delay) {
    synchronized (entries) {
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      long at = System.nanoTime() + delay.toNanos();
      if (entry.wakeAt != Long.MAX_VALUE && entry.wakeAt - at <= 0) {
        return;
      }
      entry.wakeAt = at;
      schedule(() -> wake(key, at), delay);
    }
  }

  private void wake(K key, long at) {
    synchronized (entries) {
      Entry entry = entries.get(key);
      if (entry != null && entry.wakeAt == at) {
        entry.wakeAt = Long.MAX_VALUE;
        add(key);
      }
    }
  }

  private void submit(K key, Entry entry) {
    entry.queued = true;
    if (!workers.isShutdown()) {
      workers.execute(() -> run(key, entry));
    }
  }

  private void run(K key, Entry entry) {
    places.acquireUninterruptibly();
    try {
      synchronized (entries) {
        entry.queued = false;
        entry.running = true;
      }
      Exception failure = null;
      try {
        work.on(key);
      } catch (Exception cause) {
        failure = cause;
      }
      finish(key, entry, failure);
    } finally {
      places.release();
    }
  }

  private void finish(K key, Entry entry, Exception failure) {
    int before = entry.failed;
    synchronized (entries) {
      entry.running = false;
      if (failure != null) {
        entry.failed++;
        entry.backingOff = true;
        schedule(() -> endBackOff(key, entry), delay(entry.failed));
      } else {
        entry.failed = 0;
        if (entry.again) {
          submit(key, entry);
        } else if (entry.wakeAt == Long.MAX_VALUE) {
          entries.remove(key);
        }
      }
      entry.again = false;
    }
    if (failure != null) {
      failures.failed(key, before + 1, failure);
    } else if (before > 0) {
      failures.succeeded(key, before);
    }
  }

  private void endBackOff(K key, Entry entry) {
    synchronized (entries) {
      entry.backingOff = false;
      add(key);
    }
  }

  private static Duration delay(int failures) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }

  private void schedule(Runnable task, Duration delay) {
    if (!timer.isShutdown()) {
      timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Begins nothing more, and waits a moment for what is at work. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

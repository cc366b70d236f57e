package dev.sluice.orchestrator.kubernetes;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Work by key: never two at a time for one key, up to a number at once over all. Asking for a key
 * that waits is one asking; asking for one that is at work means once more afterwards. What is
 * urgent goes first, as a {@link WaitingLine} has it. What fails is repeated with growing delays.
 *
 * @param <K> what is worked on
 */
final class WorkQueue<K> implements AutoCloseable {

  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
  private static final int MOST_YIELDS = 5;

  private final Work<K> work;
  private final Failures<? super K> failures;
  private final Map<K, Entry> entries = new HashMap<>();
  private final WaitingLine<K> line = new WaitingLine<>();
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private int freePlaces;

  /**
   * @param name of the threads
   * @param parallel how many keys are worked on at once
   */
  WorkQueue(String name, int parallel, Work<K> work, Failures<? super K> failures) {
    this.work = work;
    this.failures = failures;
    this.freePlaces = parallel;
    this.workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-timer").factory());
  }

  /** The work. Whatever it throws is a failure, and is repeated. */
  interface Work<K> {
    void on(K key, Turn turn) throws Exception;
  }

  /** One time at work. */
  interface Turn {

    /**
     * Whether what is not urgent should be left for later, because something urgent waits; asked
     * again it may be otherwise. What was left is worked on {@linkplain #addBehind behind}; and a
     * key that has yielded some times in a row need not yield again.
     */
    boolean mustYield();
  }

  private final class Yielding implements Turn {

    private final boolean isUrgent;
    private final boolean mayYield;
    private boolean yields;

    Yielding(Entry entry) {
      isUrgent = entry.urgent;
      mayYield = isUrgent && entry.yielded < MOST_YIELDS;
    }

    @Override
    public boolean mustYield() {
      synchronized (entries) {
        yields = mayYield && line.hasUrgent();
        return yields;
      }
    }
  }

  /** Who is told of failures and of their end. */
  interface Failures<K> {
    void failed(K key, int times, Exception cause);

    void succeeded(K key, int failuresBefore);
  }

  private static final class Entry {
    boolean running;
    boolean again;
    boolean urgent;
    boolean backingOff;
    int yielded;
    int failed;
    long wakeAt = Long.MAX_VALUE;
  }

  /** Works on this key soon. */
  void add(K key) {
    add(key, true);
  }

  /** Works on this key too, but what is urgent goes first. */
  void addBehind(K key) {
    add(key, false);
  }

  private void add(K key, boolean isUrgent) {
    synchronized (entries) {
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      entry.urgent |= isUrgent;
      entry.again = true;
      submit(key, entry);
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
        addBehind(key);
      }
    }
  }

  private void submit(K key, Entry entry) {
    if (entry.again && !entry.running && !entry.backingOff) {
      line.add(key, entry.urgent);
      fillPlaces();
    }
  }

  private void fillPlaces() {
    while (freePlaces > 0 && !line.isEmpty() && !workers.isShutdown()) {
      K next = line.next();
      Entry entry = entries.get(next);
      Yielding turn = new Yielding(entry);
      entry.running = true;
      entry.again = false;
      entry.urgent = false;
      freePlaces--;
      workers.execute(() -> run(next, entry, turn));
    }
  }

  private void run(K key, Entry entry, Yielding turn) {
    Exception failure = null;
    try {
      work.on(key, turn);
    } catch (Exception cause) {
      failure = cause;
    } finally {
      finish(key, entry, turn, failure);
    }
  }

  private void finish(K key, Entry entry, Yielding turn, Exception failure) {
    int before = entry.failed;
    synchronized (entries) {
      entry.running = false;
      entry.yielded = turn.yields ? entry.yielded + 1 : 0;
      entry.again |= turn.yields;
      freePlaces++;
      if (failure != null) {
        entry.failed++;
        entry.backingOff = true;
        entry.urgent |= turn.isUrgent;
        schedule(() -> endBackOff(key, entry), delay(entry.failed));
      } else {
        entry.failed = 0;
        if (entry.again) {
          submit(key, entry);
        } else if (entry.wakeAt == Long.MAX_VALUE) {
          entries.remove(key);
        }
      }
      fillPlaces();
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
      add(key, entry.urgent);
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

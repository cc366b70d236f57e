package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Works on keys in lanes, a key always in the same one: never on one key twice at a time. A key
 * that is named again while it waits is worked on once.
 */
final class WorkQueue implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkQueue.class.getName());
  private static final Duration RETRY = Duration.ofMillis(200);

  private final Consumer<Key> work;
  private final Set<Key> waiting = ConcurrentHashMap.newKeySet();
  private final List<ScheduledExecutorService> lanes;

  /** An object that something is to be done about. */
  record Key(String namespace, String name) {}

  /** A queue with one lane. */
  WorkQueue(String name, Consumer<Key> work) {
    this(name, 1, work);
  }

  WorkQueue(String name, int lanes, Consumer<Key> work) {
    this.work = work;
    this.lanes =
        Stream.generate(Thread.ofVirtual().name(name)::factory)
            .limit(lanes)
            .map(Executors::newSingleThreadScheduledExecutor)
            .toList();
  }

  void add(Key key) {
    if (waiting.add(key)) {
      schedule(key, () -> takeUp(key), Duration.ZERO);
    }
  }

  void addAfter(Key key, Duration delay) {
    schedule(key, () -> add(key), delay);
  }

  @Override
  public void close() {
    lanes.forEach(ScheduledExecutorService::shutdownNow);
  }

  private void takeUp(Key key) {
    waiting.remove(key);
    try {
      work.accept(key);
    } catch (KubernetesClientException refused) {
      // A conflict, an object that is gone, a server that is away: look again.
      LOG.log(Level.FINE, "again: " + key, refused);
      addAfter(key, RETRY);
    } catch (RuntimeException bug) {
      LOG.log(Level.SEVERE, "cannot work on " + key, bug);
    }
  }

  private void schedule(Key key, Runnable task, Duration delay) {
    try {
      ScheduledExecutorService lane = lanes.get(Math.floorMod(key.hashCode(), lanes.size()));
      lane.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.log(Level.FINEST, "closed", closed);
    }
  }
}

package dev.sluice.traffic;

import dev.sluice.events.TrafficDesired;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the routes of all Rollouts that are ours: one decision after the other on one thread,
 * attempts beside it. Nothing is kept over a restart: the log of wanted splits and the route
 * objects are all there is to know.
 */
public final class Router implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Router.class.getName());

  private final Routes routes;
  private final Reports reports;
  private final Clock clock;
  private final Semaphore places;
  private final ScheduledExecutorService decisions =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("router").factory());
  private final ExecutorService attempts =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("attempt-", 0).factory());

  // Both only touched by the decisions' thread.
  private final Map<String, Held> held = new HashMap<>();
  private final RouteIndex index = new RouteIndex();

  private record Held(int partition, Keeping keeping, Optional<String> traceparent) {}

  /**
   * Holds nothing at first.
   *
   * @param concurrency attempts at once
   */
  public Router(Routes routes, Reports reports, Clock clock, int concurrency) {
    this.routes = routes;
    this.reports = reports;
    this.clock = clock;
    this.places = new Semaphore(concurrency);
  }

  /**
   * A split is wanted.
   *
   * @param partition of the log that it stands in
   */
  public void wanted(int partition, TrafficDesired split, Optional<String> traceparent) {
    decide(
        split.uid(),
        () -> {
          Held before = held.get(split.uid());
          Keeping.Step step =
              before == null
                  ? Keeping.of(split)
                  : before.keeping().on(new Signal.Wanted(split), clock.instant());
          index.put(step.next().wanted());
          boolean newest = step.next().wanted().fence().equals(split.fence());
          take(
              new Held(partition, step.next(), newest ? traceparent : before.traceparent()),
              step.effects());
        });
  }

  /** Nothing is wanted of this Rollout any more. Its objects go with it, by their owner. */
  public void forget(String uid) {
    decide(
        uid,
        () -> {
          held.remove(uid);
          index.remove(uid);
        });
  }

  /** Somebody else keeps the routes of this partition from now on. */
  public void release(int partition) {
    decide(
        "partition " + partition,
        () ->
            List.copyOf(held.entrySet()).stream()
                .filter(entry -> entry.getValue().partition() == partition)
                .map(Map.Entry::getKey)
                .forEach(uid -> {
                  held.remove(uid);
                  index.remove(uid);
                }));
  }

  /**
   * A route object changed, whose ever it is.
   *
   * @param version its resourceVersion; empty where it is gone
   */
  public void routeChanged(String namespace, String object, String version) {
    decide(
        namespace + "/" + object,
        () -> {
          for (String uid : index.usersOf(namespace, object)) {
            signal(uid, new Signal.RouteChanged(object, version));
          }
        });
  }

  /** Stops; attempts under way may still write, and the fence allows that. */
  @Override
  public void close() {
    decisions.shutdownNow();
    attempts.shutdownNow();
  }

  private void signal(String uid, Signal signal) {
    Held known = held.get(uid);
    if (known != null) {
      Keeping.Step step = known.keeping().on(signal, clock.instant());
      take(new Held(known.partition(), step.next(), known.traceparent()), step.effects());
    }
  }

  private void take(Held next, List<Effect> effects) {
    String uid = next.keeping().wanted().uid();
    held.put(uid, next);
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Apply(var split) -> attempts.execute(() -> attempt(split));
        case Effect.Report(var message) -> reports.send(message, next.traceparent());
        case Effect.Wake(var at) -> wake(uid, at);
      }
    }
  }

  private void attempt(TrafficDesired split) {
    try {
      places.acquire();
      Attempt result;
      try {
        result = routes.apply(split);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "cannot apply " + split.fence() + " of " + split.uid(), e);
        result = new Attempt.Failed("unexpected: " + e);
      } finally {
        places.release();
      }
      Signal ended = new Signal.Attempted(split.fence(), result);
      decide(split.uid(), () -> signal(split.uid(), ended));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake(String uid, Instant at) {
    long millis = Math.max(0, Duration.between(clock.instant(), at).toMillis() + 1);
    decisions.schedule(
        guarded(uid, () -> signal(uid, new Signal.TimePassed())), millis, TimeUnit.MILLISECONDS);
  }

  private void decide(String what, Runnable decision) {
    try {
      decisions.execute(guarded(what, decision));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "stopped before {0}", what);
    }
  }

  // One Rollout's broken decision is nobody else's.
  private static Runnable guarded(String what, Runnable decision) {
    return () -> {
      try {
        decision.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "cannot decide about " + what, e);
      }
    };
  }
}

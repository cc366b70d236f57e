package dev.sluice.orchestrator.kafka;

import dev.sluice.orchestrator.Outbox;
import dev.sluice.orchestrator.Outbox.Lease;
import dev.sluice.orchestrator.Outbox.Waiting;
import dev.sluice.orchestrator.kafka.ShardPublisher.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Publishes the messages of one shard for as long as it has the right to.
 *
 * <p>At least once: what was sent and not marked is sent again, after a lost connection to either
 * side. The order within a Rollout holds over that: nothing of it is sent before what comes first
 * is committed to the topic.
 */
final class ShardRelay implements Runnable {

  private static final Logger LOG = Logger.getLogger(ShardRelay.class);
  private static final int BATCH = 500;
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

  private final int shard;
  private final Outbox outbox;
  private final Supplier<ShardPublisher> publishers;
  private final IntConsumer onPublished;
  private final Semaphore wakes = new Semaphore(0);
  private final Map<String, Hold> holds = new HashMap<>();
  private volatile boolean closed;
  private volatile boolean leading;

  /** A Rollout whose next message cannot be published; others go on. */
  private record Hold(long untilNanos, Duration length) {}

  /**
   * @param publishers make a new one each time the right is got
   * @param onPublished is told how many messages were published
   */
  ShardRelay(
      int shard, Outbox outbox, Supplier<ShardPublisher> publishers, IntConsumer onPublished) {
    this.shard = shard;
    this.outbox = outbox;
    this.publishers = publishers;
    this.onPublished = onPublished;
  }

  /** Something was committed here: whoever publishes the shard should look. */
  void committed() {
    if (leading) {
      wake();
    } else {
      outbox.hint(shard);
    }
  }

  // Many calls are one wake-up.
  private void wake() {
    wakes.release();
  }

  /** Whether this instance publishes the shard. */
  boolean isLeading() {
    return leading;
  }

  void close() {
    closed = true;
    wake();
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        Optional<Lease> lease = outbox.lease(shard, this::wake);
        if (lease.isPresent()) {
          lead(lease.get());
        }
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.warnf("relay %d starts again: %s", shard, e);
        }
      }
      leading = false;
      if (!closed) {
        rest();
      }
    }
  }

  private void lead(Lease lease) {
    try (lease;
        ShardPublisher publisher = publishers.get()) {
      leading = true;
      LOG.debugf("relay %d leads", shard);
      while (!closed && lease.isHeld()) {
        if (!publishSome(lease, publisher) && !closed) {
          rest();
        }
      }
    }
  }

  /** Whether there may be more. */
  private boolean publishSome(Lease lease, ShardPublisher publisher) {
    List<Waiting> batch = lease.waiting(BATCH, held());
    if (batch.isEmpty()) {
      return false;
    }
    return switch (publisher.publish(batch, lease::isHeld)) {
      case Result.Published() -> {
        lease.published(batch);
        batch.forEach(message -> holds.remove(message.uid()));
        onPublished.accept(batch.size());
        yield true;
      }
      case Result.Refused(Waiting message, Exception why) -> {
        hold(message, why);
        yield true;
      }
      case Result.Stopped() -> false;
    };
  }

  private Set<String> held() {
    Set<String> held = new HashSet<>();
    long now = System.nanoTime();
    holds.forEach((uid, hold) -> {
      if (hold.untilNanos() - now > 0) {
        held.add(uid);
      }
    });
    return held;
  }

  private void hold(Waiting message, Exception why) {
    Hold before = holds.get(message.uid());
    Duration length = before == null ? SWEEP : before.length().multipliedBy(2);
    if (length.compareTo(LONGEST_HOLD) > 0) {
      length = LONGEST_HOLD;
    }
    holds.put(message.uid(), new Hold(System.nanoTime() + length.toNanos(), length));
    LOG.errorf(
        "message %d of %s cannot be published on %s, and holds back this Rollout for %d s: %s",
        message.id(), message.uid(), message.topic(), length.toSeconds(), why);
  }

  private void rest() {
    try {
      if (wakes.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}

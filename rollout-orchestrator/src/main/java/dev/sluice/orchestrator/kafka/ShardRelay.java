package dev.sluice.orchestrator.kafka;

import dev.sluice.events.Topics;
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
import java.util.OptionalLong;
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
 *
 * <p>What only tells what happened waits a moment for company, because a Kafka transaction costs
 * the broker more than many messages. What somebody acts on takes all that waits along.
 */
final class ShardRelay implements Runnable {

  private static final Logger LOG = Logger.getLogger(ShardRelay.class);
  private static final int BATCH = 500;
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

  private static final Set<String> TALES = Set.of(Topics.ROLLOUT_EVENTS, Topics.ROLLOUT_STATE);
  private static final Duration TALE_WAITS = Duration.ofMillis(200);

  private final int shard;
  private final Outbox outbox;
  private final Supplier<ShardPublisher> publishers;
  private final IntConsumer onPublished;
  private final Semaphore wakes = new Semaphore(0);
  private final Map<String, Hold> holds = new HashMap<>();
  private OptionalLong taleSince = OptionalLong.empty();
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
        rest(SWEEP);
      }
    }
  }

  private void lead(Lease lease) {
    try (lease;
        ShardPublisher publisher = publishers.get()) {
      leading = true;
      LOG.debugf("relay %d leads", shard);
      while (!closed && lease.isHeld()) {
        Duration rest = publishSome(lease, publisher);
        if (!closed && rest.isPositive()) {
          rest(rest);
        }
      }
    }
  }

  /** How long to rest unless woken; zero if there may be more. */
  private Duration publishSome(Lease lease, ShardPublisher publisher) {
    List<Waiting> batch = lease.waiting(BATCH, held());
    if (batch.isEmpty()) {
      return SWEEP;
    }
    Duration wait = wait(batch);
    if (wait.isPositive()) {
      return wait;
    }
    taleSince = OptionalLong.empty();
    return switch (publisher.publish(batch, lease::isHeld)) {
      case Result.Published() -> {
        lease.published(batch);
        batch.forEach(message -> holds.remove(message.uid()));
        onPublished.accept(batch.size());
        yield Duration.ZERO;
      }
      case Result.Refused(Waiting message, Exception why) -> {
        hold(message, why);
        yield Duration.ZERO;
      }
      case Result.Stopped() -> SWEEP;
    };
  }

  private Duration wait(List<Waiting> batch) {
    if (batch.size() == BATCH || batch.stream().anyMatch(m -> !TALES.contains(m.topic()))) {
      return Duration.ZERO;
    }
    long now = System.nanoTime();
    taleSince = OptionalLong.of(taleSince.orElse(now));
    return TALE_WAITS.minusNanos(now - taleSince.getAsLong());
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

  private void rest(Duration longest) {
    try {
      if (wakes.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}

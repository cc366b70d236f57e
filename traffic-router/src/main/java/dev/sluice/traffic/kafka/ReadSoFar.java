package dev.sluice.traffic.kafka;

import dev.sluice.events.Fence;
import dev.sluice.events.Topics;
import dev.sluice.traffic.DesiredLog;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read of the assigned partitions, and whether that is all there is. Written by the
 * reader's thread, asked by attempts.
 */
@Singleton
class ReadSoFar implements DesiredLog {

  private static final Logger LOG = System.getLogger(ReadSoFar.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Newest(int partition, Fence fence) {}

  private final Admin admin;
  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final Map<String, Newest> newest = new ConcurrentHashMap<>();

  ReadSoFar(KafkaSettings settings) {
    admin = settings.admin();
  }

  @PreDestroy
  void close() {
    admin.close(Duration.ofSeconds(1));
  }

  @Override
  public Optional<Fence> newestAtEnd(String uid) throws InterruptedException {
    Newest known = newest.get(uid);
    if (known == null) {
      return Optional.of(Fence.NONE);
    }
    Optional<Long> end = endOf(known.partition());
    if (end.isEmpty() || !awaitPosition(known.partition(), end.get())) {
      return Optional.empty();
    }
    return Optional.of(Optional.ofNullable(newest.get(uid)).map(Newest::fence).orElse(Fence.NONE));
  }

  /** A wanted split was read; the position follows after it. */
  void read(int partition, String uid, Fence fence) {
    newest.merge(
        uid,
        new Newest(partition, fence),
        (known, read) -> read.fence().isOlderThan(known.fence()) ? known : read);
  }

  /** A tombstone was read. */
  void forgot(String uid) {
    newest.remove(uid);
  }

  /** All before this offset was read. */
  synchronized void position(int partition, long offset) {
    positions.put(partition, offset);
    notifyAll();
  }

  /** Somebody else reads it from now on: what is known of it grows old. */
  synchronized void lost(int partition) {
    positions.remove(partition);
    newest.values().removeIf(known -> known.partition() == partition);
    notifyAll();
  }

  private Optional<Long> endOf(int partition) throws InterruptedException {
    TopicPartition asked = new TopicPartition(Topics.TRAFFIC_DESIRED, partition);
    try {
      return Optional.of(
          admin
              .listOffsets(
                  Map.of(asked, OffsetSpec.latest()),
                  new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
                      .timeoutMs((int) PATIENCE.toMillis()))
              .partitionResult(asked)
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .offset());
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "cannot look up the end of {0}: {1}", asked, e.getMessage());
      return Optional.empty();
    }
  }

  private synchronized boolean awaitPosition(int partition, long end) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (positions.containsKey(partition) && positions.get(partition) < end) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }
    return positions.containsKey(partition);
  }
}

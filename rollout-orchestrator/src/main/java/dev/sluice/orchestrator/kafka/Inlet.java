package dev.sluice.orchestrator.kafka;

import dev.sluice.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the topics as one member of the group: records of different keys go to the core at once,
 * those of one key one after the other, and an offset is committed when all before it is done. A
 * record that fails is given again until it is taken; meanwhile its key waits, and nothing else.
 */
final class Inlet implements ConsumerRebalanceListener {

  static final List<String> TOPICS =
      List.of(
          Topics.TRAFFIC_APPLIED,
          Topics.ANALYSIS_VERDICTS,
          Topics.ANALYSIS_PROGRESS,
          Topics.PLUGIN_ANSWERS,
          Topics.ROLLOUT_COMMANDS,
          Topics.REGISTRY_PUSHES);

  private static final Logger LOG = Logger.getLogger(Inlet.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);
  private static final int MOST_OPEN = 2_000;

  /** What was handed on this long before a start may not have been shown yet. */
  private static final Duration PROGRESS_AGAIN = Duration.ofMinutes(10);

  private final Consumer<String, byte[]> consumer;
  private final Delivery delivery;
  private final Map<TopicPartition, Offsets> assigned = new ConcurrentHashMap<>();
  private final KeyOrder keys = new KeyOrder();
  private boolean paused;

  Inlet(Consumer<String, byte[]> consumer, Delivery delivery) {
    this.consumer = consumer;
    this.delivery = delivery;
  }

  /** Reads until {@link #stop}; throws where the consumer is of no use any more. */
  void run() {
    try {
      consumer.subscribe(TOPICS, this);
      while (true) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        records.forEach(this::start);
        commit();
        holdBack();
      }
    } catch (WakeupException asked) {
      LOG.debug("stopping");
    } finally {
      consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
    }
  }

  /** From any thread. */
  void stop() {
    consumer.wakeup();
  }

  /** Partitions that this instance reads now; from any thread. */
  int partitions() {
    return assigned.size();
  }

  /** Whether a broker is connected, as far as the client knows; from any thread. */
  boolean isConnected() {
    return consumer.metrics().entrySet().stream()
        .filter(m -> m.getKey().name().equals("connection-count"))
        .anyMatch(m -> m.getValue().metricValue() instanceof Double count && count > 0);
  }

  private void start(ConsumerRecord<String, byte[]> record) {
    Offsets offsets = assigned.get(new TopicPartition(record.topic(), record.partition()));
    offsets.started(record.offset());
    // Of a topic too: a status that waits must not hold up a verdict.
    keys.run(record.topic() + "/" + record.key(), () -> deliver(record, offsets, Backoff.FIRST))
        .whenComplete((_, _) -> offsets.done(record.offset()));
  }

  private CompletableFuture<Void> deliver(
      ConsumerRecord<String, byte[]> record, Offsets offsets, Backoff backoff) {
    return CompletableFuture.<Void>completedFuture(null)
        .thenCompose(_ -> delivery.deliver(record))
        .exceptionallyCompose(failure -> {
          if (!offsets.isOurs()) {
            return CompletableFuture.completedStage(null);
          }
          LOG.warnf(
              "%s-%d@%d is given again in %d ms: %s",
              record.topic(),
              record.partition(),
              record.offset(),
              backoff.delay().toMillis(),
              failure);
          return backoff.elapsed().thenCompose(_ -> deliver(record, offsets, backoff.longer()));
        });
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(assigned);
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (_, failure) -> {
            if (failure != null) {
              LOG.debugf("offsets are committed later: %s", failure);
            }
          });
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> toCommit(
      Map<TopicPartition, Offsets> partitions) {
    Map<TopicPartition, OffsetAndMetadata> result = new HashMap<>();
    partitions.forEach((partition, offsets) ->
        offsets
            .toCommit()
            .ifPresent(offset -> result.put(partition, new OffsetAndMetadata(offset))));
    return result;
  }

  private void holdBack() {
    int open = assigned.values().stream().mapToInt(Offsets::openRecords).sum();
    if (open > MOST_OPEN || paused && open > MOST_OPEN / 2) {
      consumer.pause(consumer.assignment());
      paused = true;
    } else if (paused) {
      consumer.resume(consumer.assignment());
      paused = false;
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> assigned.put(partition, new Offsets()));
    Map<TopicPartition, Long> since =
        partitions.stream()
            .filter(partition -> partition.topic().equals(Topics.ANALYSIS_PROGRESS))
            .collect(
                Collectors.toMap(
                    partition -> partition,
                    _ -> Instant.now().minus(PROGRESS_AGAIN).toEpochMilli()));
    consumer
        .offsetsForTimes(since)
        .forEach((partition, found) -> {
          if (found != null && found.offset() < consumer.position(partition)) {
            consumer.seek(partition, found.offset());
          }
        });
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(drop(partitions));
    try {
      consumer.commitSync(offsets);
    } catch (KafkaException e) {
      LOG.infof("the next reader reads some records again: %s", e);
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    drop(partitions);
  }

  private Map<TopicPartition, Offsets> drop(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Offsets> dropped = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Offsets offsets = assigned.remove(partition);
      if (offsets != null) {
        offsets.lost();
        dropped.put(partition, offsets);
      }
    }
    return dropped;
  }
}

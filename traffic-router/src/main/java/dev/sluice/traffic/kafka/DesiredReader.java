package dev.sluice.traffic.kafka;

import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.UnreadableMessage;
import dev.sluice.traffic.Router;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads {@code traffic.desired} on a thread of its own: each assigned partition from its beginning,
 * so that the newest split of every Rollout of it is known and is applied again. Offsets are only
 * committed to show how far the group is, and so that nothing is dead-lettered twice: never past a
 * letter that the broker has not acknowledged.
 */
@Singleton
class DesiredReader implements ConsumerRebalanceListener {

  private static final Logger LOG = System.getLogger(DesiredReader.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BEFORE_STARTING_AGAIN = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final Router router;
  private final ReadSoFar readSoFar;
  private final ReportSender sender;
  private final Map<Integer, PartitionRead> partitions = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().name("traffic-desired").unstarted(this::run);
  private volatile KafkaConsumer<String, byte[]> consumer;
  private volatile boolean stopped;
  private volatile boolean ready;

  DesiredReader(KafkaSettings settings, Router router, ReadSoFar readSoFar, ReportSender sender) {
    this.settings = settings;
    this.router = router;
    this.readSoFar = readSoFar;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    KafkaConsumer<String, byte[]> running = consumer;
    if (running != null) {
      running.wakeup();
    }
    thread.join(Duration.ofSeconds(5));
  }

  /** Whether this instance is a member of the group and has read all of its partitions. */
  boolean isReady() {
    return ready;
  }

  private void run() {
    while (!stopped) {
      try (KafkaConsumer<String, byte[]> own = settings.consumer()) {
        consumer = own;
        own.subscribe(List.of(Topics.TRAFFIC_DESIRED), this);
        while (!stopped) {
          poll(own);
        }
      } catch (WakeupException | InterruptException e) {
        LOG.log(Level.DEBUG, "woken up to stop");
      } catch (KafkaException e) {
        LOG.log(Level.ERROR, "reading traffic.desired broke off, starting again", e);
        pause();
      }
      release(List.copyOf(partitions.keySet()));
    }
  }

  private void poll(KafkaConsumer<String, byte[]> own) {
    for (ConsumerRecord<String, byte[]> record : own.poll(POLL)) {
      PartitionRead partition = partitions.get(record.partition());
      if (partition != null) {
        read(partition, record);
      }
    }
    Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
    for (TopicPartition assigned : own.assignment()) {
      PartitionRead partition = partitions.get(assigned.partition());
      long position = own.position(assigned);
      partition.reached(position).forEach(split -> toRouter(assigned.partition(), split));
      readSoFar.position(assigned.partition(), position);
      long upTo = partition.handled(position);
      if (partition.isAtEnd() && upTo > partition.committed()) {
        handled.put(assigned, new OffsetAndMetadata(upTo));
        partition.commits(upTo);
      }
    }
    if (!handled.isEmpty()) {
      own.commitAsync(handled, null);
    }
    ready =
        own.groupMetadata().generationId() >= 0
            && partitions.values().stream().allMatch(PartitionRead::isAtEnd);
  }

  private void read(PartitionRead partition, ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      partition.forget(record.key());
      readSoFar.forgot(record.key());
      router.forget(record.key());
      return;
    }
    try {
      TrafficDesired message = MessageCodec.decode(record, TrafficDesired.class);
      WantedSplit split =
          new WantedSplit(
              message, Optional.ofNullable(MessageCodec.envelope(record).traceparent()));
      readSoFar.read(record.partition(), message.uid(), message.fence());
      if (!partition.keeps(split)) {
        toRouter(record.partition(), split);
      }
    } catch (UnreadableMessage e) {
      LOG.log(Level.ERROR, "put aside on the dead-letter topic: {0}", e.getMessage());
      if (!partition.wasHandled(record.offset())) {
        partition.putAside(record.offset(), sender.deadLetter(record, e.getMessage()));
      }
    }
  }

  private void toRouter(int partition, WantedSplit split) {
    router.wanted(partition, split.message(), split.traceparent());
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    KafkaConsumer<String, byte[]> own = consumer;
    Map<TopicPartition, Long> ends = own.endOffsets(assigned);
    Map<TopicPartition, OffsetAndMetadata> committed = own.committed(new HashSet<>(assigned));
    for (TopicPartition partition : assigned) {
      OffsetAndMetadata before = committed.get(partition);
      partitions.put(
          partition.partition(),
          new PartitionRead(ends.get(partition), before == null ? 0 : before.offset()));
    }
    own.seekToBeginning(assigned);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    release(revoked.stream().map(TopicPartition::partition).toList());
  }

  private void release(Collection<Integer> lost) {
    for (int partition : lost) {
      partitions.remove(partition);
      readSoFar.lost(partition);
      router.release(partition);
    }
    ready = false;
  }

  private void pause() {
    try {
      Thread.sleep(BEFORE_STARTING_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}

package dev.sluice.orchestrator.kafka;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the topics of the other services. A batch's offsets are committed when all of it is stored
 * or dead-lettered; while that takes long, the partitions are paused and the membership of the
 * group is kept.
 */
@ApplicationScoped
class InboundConsumer {

  private static final Logger LOG = Logger.getLogger(InboundConsumer.class);
  private static final String GROUP = "rollout-orchestrator";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RESTART = Duration.ofSeconds(1);

  private final Clients clients;
  private final InboundBatch batches;
  private volatile boolean stopped;
  private volatile KafkaConsumer<String, byte[]> consumer;
  private Thread thread;

  @Inject
  InboundConsumer(Clients clients, InboundBatch batches) {
    this.clients = clients;
    this.batches = batches;
  }

  void start(@Observes @Priority(Start.CONSUMERS) StartupEvent event) {
    thread = Thread.ofPlatform().name("inbound").daemon().start(this::run);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopped = true;
    KafkaConsumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    if (thread != null) {
      thread.join(Duration.ofSeconds(5));
    }
  }

  private void run() {
    while (!stopped) {
      try (KafkaConsumer<String, byte[]> current = clients.consumer(GROUP)) {
        consumer = current;
        current.subscribe(InboundMessages.TOPICS, new PauseWhatIsNew(current));
        while (!stopped) {
          take(current);
        }
      } catch (WakeupException asked) {
        LOG.debug("woken to stop");
      } catch (KafkaException | IllegalStateException e) {
        LOG.warnf("reading starts again: %s", e.toString());
        rest();
      }
    }
  }

  private void take(KafkaConsumer<String, byte[]> current) {
    ConsumerRecords<String, byte[]> records = current.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    current.pause(current.assignment());
    CompletableFuture<Void> done = batches.take(records);
    while (!isDone(done)) {
      if (stopped) {
        return;
      }
      current.poll(Duration.ZERO);
    }
    commit(current, records);
    current.resume(current.assignment());
  }

  private static boolean isDone(CompletableFuture<Void> done) {
    try {
      done.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void commit(
      KafkaConsumer<String, byte[]> current, ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    try {
      current.commitSync(offsets);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // Somebody else has the partition now, and finds in the inbox what was stored here.
      LOG.infof("offsets are not committed, the batch comes again: %s", e.toString());
    }
  }

  private void rest() {
    try {
      Thread.sleep(RESTART);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A partition that is assigned during a batch must not be read by the polls that only keep the
  // membership.
  private record PauseWhatIsNew(KafkaConsumer<String, byte[]> consumer)
      implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!consumer.paused().isEmpty()) {
        consumer.pause(partitions);
      }
    }
  }
}

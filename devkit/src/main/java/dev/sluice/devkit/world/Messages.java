package dev.sluice.devkit.world;

import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.UnreadableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that the services say to each other, as any Kafka consumer can read it. */
public final class Messages implements AutoCloseable {

  private final List<Message> heard = new ArrayList<>();
  private final List<Consumer<Message>> listeners = new CopyOnWriteArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closed;

  /** Reads all topics from their beginning; they must exist. */
  Messages(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        Topics.ALL.stream()
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = Thread.ofVirtual().name("messages").start(this::read);
  }

  /** Tells everything from now on, one message after the other. */
  public void listen(Consumer<Message> listener) {
    listeners.add(listener);
  }

  /** All messages of a kind up to now, in the order in which they arrived. */
  public <M extends Message> List<M> all(Class<M> kind) {
    synchronized (heard) {
      return heard.stream()
          .flatMap(message -> kind.isInstance(message) ? Stream.of(kind.cast(message)) : null)
          .toList();
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (!closed) {
        consumer.poll(Duration.ofSeconds(1)).forEach(this::take);
      }
    } catch (WakeupException closing) {
      // the loop ends as it was asked to
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      Message message = MessageCodec.decode(record);
      synchronized (heard) {
        heard.add(message);
      }
      listeners.forEach(listener -> listener.accept(message));
    } catch (UnreadableMessage e) {
      System.err.println("unreadable message on " + record.topic() + ": " + e.getMessage());
    }
  }
}

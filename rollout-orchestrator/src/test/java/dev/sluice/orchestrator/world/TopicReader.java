package dev.sluice.orchestrator.world;

import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.Topics;
import dev.sluice.events.UnreadableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as anybody can, from its start and only what is committed. */
public final class TopicReader implements AutoCloseable {

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  /** Reads from the beginning. */
  public TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** All records of a key up to now, in their order. */
  public List<ConsumerRecord<String, byte[]>> records(String key) {
    consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    return records.stream().filter(record -> key.equals(record.key())).toList();
  }

  /** All messages of a key up to now, without tombstones. */
  public List<Message> messages(String key) {
    return records(key).stream()
        .filter(record -> record.value() != null)
        .map(TopicReader::decode)
        .toList();
  }

  /** The log of a Rollout as it was published. */
  public static List<RolloutEvent> log(List<Message> messages) {
    return messages.stream().map(RolloutEvent.class::cast).toList();
  }

  /** A reader of the log's topic. */
  public static TopicReader ofEvents() {
    return new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.ROLLOUT_EVENTS);
  }

  private static Message decode(ConsumerRecord<String, byte[]> record) {
    try {
      return MessageCodec.decode(record);
    } catch (UnreadableMessage e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package dev.sluice.system.golden;

import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.UnreadableMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that the services said to each other, with the times of the records. */
record TopicLog(List<Line<Message>> lines) {

  /**
   * One record.
   *
   * @param at when it was given to the producer
   */
  record Line<M>(Instant at, M message) {}

  /** Reads all topics from their beginning to their end. */
  static TopicLog read(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    var lines = new ArrayList<Line<Message>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Topics.ALL.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> {
              if (record.value() != null) {
                lines.add(new Line<>(Instant.ofEpochMilli(record.timestamp()), message(record)));
              }
            });
      }
    }
    return new TopicLog(lines);
  }

  /** Those of one kind; of one key in their order. */
  <M extends Message> List<Line<M>> all(Class<M> kind) {
    return lines.stream()
        .filter(line -> kind.isInstance(line.message()))
        .map(line -> new Line<>(line.at(), kind.cast(line.message())))
        .toList();
  }

  private static Message message(ConsumerRecord<String, byte[]> record) {
    try {
      return MessageCodec.decode(record);
    } catch (UnreadableMessage e) {
      throw new IllegalStateException("unreadable message on " + record.topic(), e);
    }
  }
}

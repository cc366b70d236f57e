package dev.sluice.traffic.world;

import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.UnreadableMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What is said on the topics of the router, with a test in the orchestrator's place. */
public final class Topic implements AutoCloseable {

  /** The trace that every wanted split belongs to. */
  public static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final String bootstrapServers;
  private final KafkaProducer<String, byte[]> orchestrator;
  private int sent;

  Topic(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    orchestrator =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends a wanted split. */
  public RecordMetadata want(TrafficDesired split) {
    return send(
        MessageCodec.encode(
            Topics.TRAFFIC_DESIRED,
            split,
            new Envelope(
                "uid:" + sent++,
                URI.create("/sluice/rollout-orchestrator"),
                Instant.now(),
                TRACE)));
  }

  /** Sends whatever it is, and waits until the broker has it. */
  public RecordMetadata send(ProducerRecord<String, byte[]> record) {
    try {
      return orchestrator.send(record).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("not sent: " + record.key(), e);
    }
  }

  /** Sends many tombstones, so that what follows on their partition takes its time to be read. */
  public void forgetMany(int partition, int count) {
    for (int i = 0; i < count; i++) {
      orchestrator.send(new ProducerRecord<>(Topics.TRAFFIC_DESIRED, partition, "gone-" + i, null));
    }
    orchestrator.flush();
  }

  /** What the routers told about a Rollout, in order. */
  public List<TrafficApplied> reports(String uid) {
    return records(Topics.TRAFFIC_APPLIED, uid).stream()
        .map(record -> {
          try {
            return MessageCodec.decode(record, TrafficApplied.class);
          } catch (UnreadableMessage e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  /** All records of a key up to now, in their order. */
  public List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (key.equals(record.key())) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }

  @Override
  public void close() {
    orchestrator.close(Duration.ZERO);
  }
}

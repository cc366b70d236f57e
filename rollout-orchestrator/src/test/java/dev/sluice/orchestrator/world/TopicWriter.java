package dev.sluice.orchestrator.world;

import dev.sluice.events.Envelope;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to topics as the other services do, and as they never should. */
public final class TopicWriter implements AutoCloseable {

  private static final URI SOURCE = URI.create("/sluice/test");

  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of(
              "bootstrap.servers",
              Neighbours.kafka().bootstrapServers(),
              "max.request.size",
              10_000_000),
          new StringSerializer(),
          new ByteArraySerializer());

  /**
   * Where a record came to lie.
   *
   * @param partition of its topic
   * @param offset in there
   */
  public record Place(TopicPartition partition, long offset) {}

  /** A message as its writer would send it. */
  public Place send(String topic, Message message) {
    return send(record(topic, message));
  }

  /** The record of such a message. */
  public static ProducerRecord<String, byte[]> record(String topic, Message message) {
    return MessageCodec.encode(
        topic, message, new Envelope(UUID.randomUUID().toString(), SOURCE, Instant.now(), null));
  }

  /** Anything. */
  public Place send(ProducerRecord<String, byte[]> record) {
    try {
      RecordMetadata sent = producer.send(record).get(60, TimeUnit.SECONDS);
      return new Place(new TopicPartition(sent.topic(), sent.partition()), sent.offset());
    } catch (Exception e) {
      throw new AssertionError("not sent to " + record.topic(), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}

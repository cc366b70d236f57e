package dev.sluice.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Messages as Kafka records: CloudEvents 1.0 in binary mode (attributes are headers {@code ce_*}),
 * the data is UTF-8 JSON, the key is the message's own. Reading ignores fields that it does not
 * know.
 */
public final class MessageCodec {

  private static final ObjectMapper MAPPER = JsonMapping.mapper();
  private static final String TYPE = "ce_type";

  private MessageCodec() {}

  /**
   * The one JSON mapper, also for state columns and HTTP bodies: deterministic, sealed types by a
   * {@code kind} property, null left out. Not to be reconfigured; take a {@code copy()} for that.
   */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The CloudEvents type, for instance {@code dev.sluice.rollout.step-completed}. */
  public static String type(Message message) {
    return MessageTypes.of(message);
  }

  /**
   * The record to send.
   *
   * @throws IllegalArgumentException where something required is null
   */
  public static ProducerRecord<String, byte[]> encode(
      String topic, Message message, Envelope envelope) {
    byte[] value;
    try {
      value = MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "cannot write %s: %s".formatted(message.getClass().getSimpleName(), explain(e)), e);
    }
    String type = MessageTypes.of(message);
    Headers headers = new RecordHeaders();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", envelope.id());
    add(headers, "ce_source", envelope.source().toString());
    add(headers, TYPE, type);
    add(headers, "ce_subject", subject(message));
    add(headers, "ce_time", envelope.time().toString());
    add(headers, "ce_dataschema", MessageTypes.schemaOf(type));
    add(headers, "content-type", "application/json");
    if (envelope.traceparent() != null) {
      add(headers, "traceparent", envelope.traceparent());
    }
    return new ProducerRecord<>(topic, null, message.key(), value, headers);
  }

  /**
   * The message in a record. A tombstone (a null value) has none: ask for it before.
   *
   * @throws UnreadableMessage saying which record and what is wrong with it
   */
  public static Message decode(ConsumerRecord<String, byte[]> record) throws UnreadableMessage {
    String type = required(record, TYPE);
    Class<? extends Message> kind =
        MessageTypes.messageOf(type)
            .orElseThrow(() -> unreadable(record, "unknown ce_type '" + type + "'"));
    if (record.value() == null) {
      throw unreadable(record, "a tombstone has no message");
    }
    Message message = parse(record, kind);
    if (!message.key().equals(record.key())) {
      throw unreadable(
          record, "key '%s' but the message's is '%s'".formatted(record.key(), message.key()));
    }
    return message;
  }

  /**
   * The message in a record of a topic that carries one kind only.
   *
   * @throws UnreadableMessage also where it is another kind
   */
  public static <M extends Message> M decode(ConsumerRecord<String, byte[]> record, Class<M> kind)
      throws UnreadableMessage {
    Message message = decode(record);
    if (!kind.isInstance(message)) {
      throw unreadable(
          record,
          "%s where %s is expected"
              .formatted(message.getClass().getSimpleName(), kind.getSimpleName()));
    }
    return kind.cast(message);
  }

  /**
   * Who said it and when.
   *
   * @throws UnreadableMessage where an attribute is missing or malformed
   */
  public static Envelope envelope(ConsumerRecord<String, byte[]> record) throws UnreadableMessage {
    try {
      return new Envelope(
          required(record, "ce_id"),
          URI.create(required(record, "ce_source")),
          Instant.parse(required(record, "ce_time")),
          header(record, "traceparent"));
    } catch (RuntimeException e) {
      throw unreadable(record, e.getMessage());
    }
  }

  /** A record that was given up, for the dead-letter topic: as it came, and why. */
  public static ProducerRecord<String, byte[]> deadLetter(
      ConsumerRecord<String, byte[]> record, String reason) {
    Headers headers = new RecordHeaders(record.headers());
    add(headers, "dead-letter-reason", String.valueOf(reason));
    add(headers, "dead-letter-topic", record.topic());
    add(headers, "dead-letter-partition", Integer.toString(record.partition()));
    add(headers, "dead-letter-offset", Long.toString(record.offset()));
    return new ProducerRecord<>(
        Topics.deadLetter(record.topic()), null, record.key(), record.value(), headers);
  }

  /**
   * What is wrong with a JSON text, in one line and without the text itself: it may hold what does
   * not belong into a log.
   */
  public static String explain(JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
    return path.isEmpty() ? e.getOriginalMessage() : e.getOriginalMessage() + " at " + path;
  }

  private static Message parse(ConsumerRecord<String, byte[]> record, Class<? extends Message> kind)
      throws UnreadableMessage {
    try {
      Message message = MAPPER.readValue(record.value(), kind);
      if (message == null) {
        throw unreadable(record, "the value is null where a %s is expected".formatted(kind));
      }
      return message;
    } catch (JsonProcessingException e) {
      throw unreadable(record, "no %s: %s".formatted(kind.getSimpleName(), explain(e)));
    } catch (IOException e) {
      throw unreadable(record, e.getMessage());
    }
  }

  private static String subject(Message message) {
    return switch (message) {
      case RolloutEvent m -> m.namespace() + "/" + m.name();
      case RolloutSnapshot m -> m.namespace() + "/" + m.name();
      case TrafficDesired m -> m.namespace() + "/" + m.name();
      case TrafficApplied m -> m.namespace() + "/" + m.name();
      case AnalysisDesired m -> m.namespace() + "/" + m.name();
      case AnalysisProgress m -> m.namespace() + "/" + m.name();
      case PluginCall m -> m.namespace() + "/" + m.rollout();
      case RolloutCommand _, ImagePushed _, MeasurementTaken _, VerdictReached _, PluginAnswer _ ->
          message.key();
    };
  }

  private static String required(ConsumerRecord<String, byte[]> record, String name)
      throws UnreadableMessage {
    String value = header(record, name);
    if (value == null) {
      throw unreadable(record, "no header " + name + ": not a CloudEvent in binary mode");
    }
    return value;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }

  private static UnreadableMessage unreadable(ConsumerRecord<String, byte[]> record, String what) {
    return new UnreadableMessage(record.topic(), record.partition(), record.offset(), what);
  }
}

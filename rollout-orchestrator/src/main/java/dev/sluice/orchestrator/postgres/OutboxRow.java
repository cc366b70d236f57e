package dev.sluice.orchestrator.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.events.MessageCodec;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A message of a decision, as it will be on the wire: sent twice, it is the same bytes. */
@Entity
@Table(name = "outbox")
@IdClass(OutboxRow.Key.class)
class OutboxRow {

  record Key(String uid, long version, int n) {}

  @Id String uid;
  @Id long version;
  @Id int n;
  short shard;
  String topic;
  String key;
  byte[] payload;
  String headers;

  static OutboxRow of(RolloutRow rollout, int n, ProducerRecord<String, byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    OutboxRow row = new OutboxRow();
    row.uid = rollout.uid;
    row.version = rollout.version;
    row.n = n;
    row.shard = rollout.shard;
    row.topic = record.topic();
    row.key = record.key();
    row.payload = record.value();
    row.headers = write(headers);
    return row;
  }

  static Map<String, String> readHeaders(String json) {
    try {
      return MessageCodec.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no headers: " + json, e);
    }
  }

  private static String write(Map<String, String> headers) {
    try {
      return MessageCodec.mapper().writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + headers, e);
    }
  }
}

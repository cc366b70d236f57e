package dev.sluice.orchestrator.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** An entry of the log. Never changed. */
@Entity
@Table(name = "event")
@IdClass(EventRow.Key.class)
class EventRow {

  record Key(String uid, long seq) {}

  @Id String uid;
  @Id long seq;
  long epoch;
  String type;
  String payload;
  String cause;
  String actor;
  Instant at;
  String hash;

  static EventRow of(RolloutEvent event) {
    EventRow row = new EventRow();
    row.uid = event.uid();
    row.seq = event.seq();
    row.epoch = event.epoch();
    row.type = MessageCodec.type(event);
    row.payload = write(event.fact());
    row.cause = event.cause();
    row.actor = event.actor();
    row.at = event.at();
    row.hash = event.hash();
    return row;
  }

  RolloutEvent event(String namespace, String name, String previousHash) {
    try {
      return new RolloutEvent(
          uid,
          namespace,
          name,
          seq,
          epoch,
          at,
          actor,
          cause,
          MessageCodec.mapper().readValue(payload, RolloutFact.class),
          previousHash,
          hash);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read event " + uid + ":" + seq, e);
    }
  }

  private static String write(RolloutFact fact) {
    try {
      return MessageCodec.mapper().writeValueAsString(fact);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + fact, e);
    }
  }
}

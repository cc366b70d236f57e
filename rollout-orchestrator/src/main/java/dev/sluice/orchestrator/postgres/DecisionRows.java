package dev.sluice.orchestrator.postgres;

import dev.sluice.events.Envelope;
import dev.sluice.events.EventChain;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A decision as rows: the entries of the log, chained, and all messages in their order. */
final class DecisionRows {

  private static final String SERVICE = "rollout-orchestrator";
  private static final URI SOURCE = URI.create("/sluice/" + SERVICE);

  private DecisionRows() {}

  /** Moves the Rollout's row on; returns what is to be inserted. */
  static List<Object> write(RolloutRow row, Decision decision, Input input, Instant now) {
    List<RolloutEvent> events = chain(row.hash, decision, input, now);
    row.move(decision.next(), events.isEmpty() ? row.hash : events.getLast().hash());
    List<Object> rows = new ArrayList<>();
    events.forEach(event -> rows.add(EventRow.of(event)));
    int n = 0;
    for (RolloutEvent event : events) {
      Envelope envelope = new Envelope(event.id(), SOURCE, now, null);
      rows.add(OutboxRow.of(row, n++, MessageCodec.encode(Topics.ROLLOUT_EVENTS, event, envelope)));
    }
    for (Decision.Outgoing outgoing : decision.outgoing()) {
      rows.add(OutboxRow.of(row, n, record(outgoing, row.uid + ":" + row.version + ":" + n, now)));
      n++;
    }
    return rows;
  }

  // The id has the version and not the fence, because what is said once more has the fence of
  // before and is yet another message.
  private static ProducerRecord<String, byte[]> record(
      Decision.Outgoing outgoing, String id, Instant now) {
    return switch (outgoing) {
      case Decision.Outgoing.Publish(String topic, var message) ->
          MessageCodec.encode(topic, message, new Envelope(id, SOURCE, now, null));
      case Decision.Outgoing.Forget(String topic, String key) ->
          new ProducerRecord<>(topic, key, null);
    };
  }

  private static List<RolloutEvent> chain(
      String lastHash, Decision decision, Input input, Instant now) {
    Identity identity = decision.next().identity();
    String cause = input.id() == null ? input.source() : input.source() + ":" + input.id();
    String actor = input.actor() == null || input.actor().isEmpty() ? SERVICE : input.actor();
    List<RolloutEvent> events = new ArrayList<>();
    String previous = lastHash;
    for (Decision.Entry entry : decision.entries()) {
      RolloutEvent event =
          EventChain.chained(
              new RolloutEvent(
                  identity.uid(),
                  identity.namespace(),
                  identity.name(),
                  entry.seq(),
                  entry.epoch(),
                  now,
                  actor,
                  cause,
                  entry.fact(),
                  "",
                  ""),
              previous);
      previous = event.hash();
      events.add(event);
    }
    return events;
  }
}

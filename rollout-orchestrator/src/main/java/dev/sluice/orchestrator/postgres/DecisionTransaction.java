package dev.sluice.orchestrator.postgres;

import dev.sluice.events.Envelope;
import dev.sluice.events.EventChain;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Outbox;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Timers;
import dev.sluice.orchestrator.UndecidableInput;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/**
 * What one transaction does with one input: it locks the Rollout, remembers the input, decides, and
 * writes all that follows.
 */
final class DecisionTransaction {

  private static final URI SOURCE = URI.create("/sluice/rollout-orchestrator");
  private static final String SERVICE = "rollout-orchestrator";

  private final Session session;
  private final Input input;
  private final Instant now;

  /**
   * What came of it.
   *
   * @param taken as the caller is told
   * @param committed the state after it; null where the Rollout was never seen
   */
  record Outcome(Taken taken, Committed committed) {}

  /** A timer fired although its moment has not come: nothing is stored, so that it fires again. */
  static final class Early extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * @param now in microseconds at most: as fine as the store keeps it
   */
  DecisionTransaction(Session session, Input input, Instant now) {
    this.session = session;
    this.input = input;
    this.now = now;
  }

  Uni<Outcome> run() {
    return lock()
        .chain(row ->
            row == null
                ? Uni.createFrom().item(new Outcome(Taken.IGNORED, null))
                : remember()
                    .chain(isNew ->
                        isNew
                            ? decide(row)
                            : Uni.createFrom().item(new Outcome(Taken.REPEATED, row.committed()))));
  }

  private Uni<RolloutRow> lock() {
    return find()
        .chain(row ->
            row != null || input.identity().name().isEmpty()
                ? Uni.createFrom().item(row)
                : insert(input.identity()).chain(this::find));
  }

  private Uni<RolloutRow> find() {
    return session.find(RolloutRow.class, input.identity().uid(), LockMode.PESSIMISTIC_WRITE);
  }

  // Its first inputs may race: one inserts the row, the others wait for it.
  private Uni<Integer> insert(Identity identity) {
    return session
        .createNativeQuery(
            """
            insert into rollout
              (uid, namespace, name, shard, epoch, seq, version, state, hash, gone)
            values (:uid, :namespace, :name, :shard, 0, 0, 0, :state, :hash, false)
            on conflict do nothing\
            """)
        .setParameter("uid", identity.uid())
        .setParameter("namespace", identity.namespace())
        .setParameter("name", identity.name())
        .setParameter("shard", (short) Outbox.shardOf(identity.uid()))
        .setParameter("state", RolloutRow.write(Rollout.unknown(identity, now)))
        .setParameter("hash", EventChain.START)
        .executeUpdate();
  }

  private Uni<Boolean> remember() {
    if (input.id() == null) {
      return Uni.createFrom().item(true);
    }
    return session
        .createNativeQuery(
            """
            insert into inbox (uid, source, message_id, at) values (:uid, :source, :id, :at)
            on conflict do nothing\
            """)
        .setParameter("uid", input.identity().uid())
        .setParameter("source", input.source())
        .setParameter("id", input.id())
        .setParameter("at", now)
        .executeUpdate()
        .map(inserted -> inserted == 1);
  }

  private Uni<Outcome> decide(RolloutRow row) {
    Rollout before;
    Decision decision;
    List<Object> rows;
    try {
      before = row.rollout();
      decision = Decider.on(before, input.signal(), now);
      Sequence.check(before, decision);
      rows = changes(before, decision) ? write(row, decision) : List.of();
    } catch (RuntimeException | StackOverflowError e) {
      return Uni.createFrom().failure(new UndecidableInput(input, e));
    }
    boolean changes = changes(before, decision);
    if (!changes && isStillArmed(decision)) {
      return Uni.createFrom().failure(new Early());
    }
    Taken taken = changes || input.id() != null ? Taken.DECIDED : Taken.IGNORED;
    return session
        .persistAll(rows.toArray())
        .chain(() -> arm(before, decision))
        .replaceWith(new Outcome(taken, new Committed(decision.next(), row.version)));
  }

  /** Whether anything has to be stored for it. */
  static boolean changes(Rollout before, Decision decision) {
    return !decision.entries().isEmpty()
        || !decision.outgoing().isEmpty()
        || !decision.next().equals(before);
  }

  private boolean isStillArmed(Decision decision) {
    return input.signal() instanceof Signal.TimerFired(String timer)
        && decision.timers().containsKey(timer);
  }

  /** Moves the row on; returns what is to be inserted. */
  private List<Object> write(RolloutRow row, Decision decision) {
    List<RolloutEvent> events = chain(decision, row.hash);
    row.move(decision.next(), events.isEmpty() ? row.hash : events.getLast().hash());
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (RolloutEvent event : events) {
      records.add(
          MessageCodec.encode(
              Topics.ROLLOUT_EVENTS, event, new Envelope(event.id(), SOURCE, now, null)));
    }
    for (Decision.Outgoing outgoing : decision.outgoing()) {
      records.add(
          switch (outgoing) {
            case Decision.Outgoing.Publish(String topic, var message) ->
                MessageCodec.encode(topic, message, envelope(row, records.size()));
            case Decision.Outgoing.Forget(String topic, String key) ->
                new ProducerRecord<>(topic, key, null);
          });
    }
    List<Object> rows = new ArrayList<>();
    events.forEach(event -> rows.add(EventRow.of(event)));
    for (int n = 0; n < records.size(); n++) {
      rows.add(OutboxRow.of(row, n, records.get(n)));
    }
    return rows;
  }

  // The version, because what is said once more has the fence of before and is yet another message.
  private Envelope envelope(RolloutRow row, int n) {
    return new Envelope(row.uid + ":" + row.version + ":" + n, SOURCE, now, null);
  }

  private List<RolloutEvent> chain(Decision decision, String lastHash) {
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

  // A timer that fired makes them equal whatever they were: it may be one that no state arms.
  private Uni<Void> arm(Rollout before, Decision decision) {
    if (decision.timers().equals(Timers.of(before))
        && !(input.signal() instanceof Signal.TimerFired)) {
      return Uni.createFrom().voidItem();
    }
    return TimerTable.replace(session, decision.next(), decision.timers());
  }
}

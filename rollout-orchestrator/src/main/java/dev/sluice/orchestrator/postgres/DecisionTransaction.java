package dev.sluice.orchestrator.postgres;

import dev.sluice.events.EventChain;
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
import java.time.Instant;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/**
 * What one transaction does with one input: it locks the Rollout, remembers the input, decides, and
 * writes all that follows.
 */
final class DecisionTransaction {

  private final Session session;
  private final ReadStates states;
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
   * @param states that need no parsing
   * @param now in microseconds at most: as fine as the store keeps it
   */
  DecisionTransaction(Session session, ReadStates states, Input input, Instant now) {
    this.session = session;
    this.states = states;
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

  // A timer that no state armed when it fired may be armed for the same moment again, after a halt
  // that came in between.
  private Uni<Integer> forget() {
    return session
        .createNativeQuery(
            "delete from inbox where uid = :uid and source = :source and message_id = :id")
        .setParameter("uid", input.identity().uid())
        .setParameter("source", input.source())
        .setParameter("id", input.id())
        .executeUpdate();
  }

  private Uni<Outcome> decide(RolloutRow row) {
    Rollout before;
    Decision decision;
    boolean changes;
    List<Object> rows;
    try {
      before = states.of(row);
      decision = Decider.on(before, input.signal(), now);
      Sequence.check(before, decision);
      changes = changes(before, decision);
      rows = changes ? DecisionRows.write(row, decision, input, now) : List.of();
      states.know(row, changes ? decision.next() : before);
    } catch (RuntimeException | StackOverflowError e) {
      return Uni.createFrom().failure(new UndecidableInput(input, e));
    }
    if (!changes && isStillArmed(decision)) {
      return Uni.createFrom().failure(new Early());
    }
    boolean isInVain = !changes && input.signal() instanceof Signal.TimerFired;
    boolean isTaken = changes || (input.id() != null && !isInVain);
    Taken taken = isTaken ? Taken.DECIDED : Taken.IGNORED;
    return session
        .persistAll(rows.toArray())
        .chain(() -> arm(before, decision))
        .chain(() -> isInVain && input.id() != null ? forget() : Uni.createFrom().item(0))
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

  // A timer that fired makes them equal whatever they were: it may be one that no state arms.
  private Uni<Void> arm(Rollout before, Decision decision) {
    if (decision.timers().equals(Timers.of(before))
        && !(input.signal() instanceof Signal.TimerFired)) {
      return Uni.createFrom().voidItem();
    }
    return TimerTable.replace(session, decision.next(), decision.timers());
  }
}

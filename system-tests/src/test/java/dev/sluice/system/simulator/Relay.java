package dev.sluice.system.simulator;

import java.time.Duration;

/**
 * Publishes the outbox of the store in its order. One instance does at a time; one that lost its
 * place and does not know it is fenced by the broker.
 */
final class Relay {

  /** Who may publish: shared by all instances, kept by the database. */
  static final class Lease {
    private Process holder;
    private long term;

    boolean take(Process process) {
      boolean free = holder == null || !holder.isPresent();
      if (free && holder != process) {
        holder = process;
        term++;
      }
      return holder == process;
    }
  }

  private final Ground ground;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedStore store;
  private final SimulatedKafka kafka;
  private final Lease lease;
  private boolean sending;

  Relay(
      Ground ground,
      SimulatedOrchestrator orchestrator,
      SimulatedStore store,
      SimulatedKafka kafka,
      Lease lease) {
    this.ground = ground;
    this.orchestrator = orchestrator;
    this.store = store;
    this.kafka = kafka;
    this.lease = lease;
    orchestrator.onCommit(this::publish);
    orchestrator.process().onStart(() -> sending = false);
  }

  private void publish() {
    SimulatedKafka.Sending next = store.outbox().peek();
    Process process = orchestrator.process();
    if (next == null || sending || !lease.take(process)) {
      return;
    }
    if (process.crashes(Fault.CRASH_BEFORE_SEND)) {
      return;
    }
    sending = true;
    long term = lease.term;
    kafka.transact(
        process,
        java.util.List.of(next),
        () -> lease.term != term,
        known -> sent(next, term, known));
  }

  private void sent(SimulatedKafka.Sending row, long term, boolean known) {
    sending = false;
    Process process = orchestrator.process();
    if (lease.term != term || process.crashes(Fault.CRASH_AFTER_SEND)) {
      return;
    }
    if (!known) {
      process.later(Duration.ofMillis(ground.chaos().between(100, 1_000)), this::publish);
      return;
    }
    mark(row);
    publish();
  }

  private void mark(SimulatedKafka.Sending row) {
    try {
      store.reach();
      if (store.outbox().peek() == row) {
        store.outbox().poll();
      }
    } catch (SimulatedStore.Away _) {
      // It will be sent once more.
    }
  }
}

package dev.sluice.system.simulator;

import dev.sluice.system.simulator.SimulatedOutbox.Row;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Publishes the outbox as the real relay of a shard does: gets the right in a session of the
 * database, then fences whoever sent in its place before, then reads, and sends what it has read as
 * one transaction of the broker. Where the outcome is unknown or the session has ended, all of that
 * begins anew. One that has lost its right hears of it late, with a batch on its way.
 */
final class Relay implements SimulatedOutbox.Publisher {

  private static final String PRODUCER = "relay";
  private static final long NONE = 0;

  private final Ground ground;
  private final Process process;
  private final SimulatedStore store;
  private final SimulatedKafka kafka;
  private final Checks checks;
  private long session;
  private long epoch;
  private boolean working;
  private boolean lost;

  Relay(
      Ground ground,
      SimulatedOrchestrator orchestrator,
      SimulatedStore store,
      SimulatedKafka kafka,
      Checks checks) {
    this.ground = ground;
    this.store = store;
    this.kafka = kafka;
    this.checks = checks;
    process = orchestrator.process();
    store.outbox().join(this);
    orchestrator.onCommit(this::look);
    process.onStart(() -> {
      session = NONE;
      working = false;
      look();
    });
    process.onAbsence(this::missed);
  }

  // The connection of one that died is closed for it. That of one that sleeps lasts, or does not.
  private void missed() {
    if (!process.isUp()) {
      store.outbox().end(session);
    } else if (ground.chaos().oneIn(2)) {
      long mine = session;
      ground.schedule().after(ground.chaos().millis(0, 2_000), () -> store.outbox().end(mine));
    }
  }

  @Override
  public void hinted() {
    process.later(ground.chaos().millis(1, 1_000), this::look);
  }

  @Override
  public void ended(long which) {
    checks.observe(new Observation.PublisherStopped(which));
    process.later(ground.chaos().millis(0, 3_000), () -> lost |= session == which);
  }

  private void look() {
    if (working) {
      return;
    }
    if (session == NONE) {
      lead();
    } else {
      publish();
    }
  }

  private void lead() {
    if (!store.isReachable()) {
      process.later(Duration.ofSeconds(1), this::look);
      return;
    }
    OptionalLong got = store.outbox().lease(this);
    if (got.isEmpty()) {
      store.outbox().hint();
      return;
    }
    session = got.getAsLong();
    lost = false;
    working = true;
    kafka.takePlace(process, PRODUCER, this::started);
  }

  private void started(OptionalLong place) {
    working = false;
    if (place.isEmpty()) {
      startAgain();
    } else {
      epoch = place.getAsLong();
      publish();
    }
  }

  private void publish() {
    if (lost || !canAsk()) {
      startAgain();
      return;
    }
    List<Row> batch = store.outbox().waiting();
    if (batch.isEmpty() || process.crashes(Fault.CRASH_BEFORE_SEND)) {
      return;
    }
    working = true;
    process.later(ground.chaos().millis(1, 20), () -> commit(batch));
  }

  private void commit(List<Row> batch) {
    if (lost) {
      startAgain();
      return;
    }
    long mine = session;
    long place = epoch;
    kafka.transact(
        process,
        batch.stream().map(Row::sending).toList(),
        () -> kafka.isFenced(PRODUCER, place),
        () -> tell(mine, batch),
        known -> sent(batch, known));
  }

  private void tell(long by, List<Row> batch) {
    batch.stream()
        .collect(
            Collectors.groupingBy(Row::uid, Collectors.mapping(Row::number, Collectors.toList())))
        .forEach((uid, rows) -> checks.observe(uid, new Observation.Published(by, rows)));
  }

  private void sent(List<Row> batch, boolean known) {
    if (process.crashes(Fault.CRASH_AFTER_SEND)) {
      return;
    }
    working = false;
    if (known && canAsk()) {
      store.outbox().published(batch);
      publish();
    } else {
      startAgain();
    }
  }

  // All work goes through the session that the right lives in.
  private boolean canAsk() {
    return store.isReachable() && store.outbox().isOpen(session);
  }

  private void startAgain() {
    store.outbox().end(session);
    session = NONE;
    working = false;
    process.later(Duration.ofMillis(ground.chaos().between(1, 1_000)), this::look);
  }
}

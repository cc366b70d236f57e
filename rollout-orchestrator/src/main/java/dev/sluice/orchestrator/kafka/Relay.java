package dev.sluice.orchestrator.kafka;

import dev.sluice.orchestrator.Outbox;
import dev.sluice.orchestrator.Rollouts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Carries what was decided from the store to Kafka: a {@link ShardRelay} for each shard. */
@ApplicationScoped
class Relay {

  private static final String ID = "rollout-orchestrator-";
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

  private final Outbox outbox;
  private final Rollouts rollouts;
  private final Clients clients;
  private final MeterRegistry meters;
  private final List<ShardRelay> shards = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @Inject
  Relay(Outbox outbox, Rollouts rollouts, Clients clients, MeterRegistry meters) {
    this.outbox = outbox;
    this.rollouts = rollouts;
    this.clients = clients;
    this.meters = meters;
  }

  void start(@Observes @Priority(Start.RELAY) StartupEvent event) {
    Counter relayed = meters.counter("sluice.outbox.relayed");
    for (int number = 0; number < Outbox.SHARDS; number++) {
      int shard = number;
      ShardRelay relay =
          new ShardRelay(
              shard,
              outbox,
              () -> new ShardPublisher(clients.transactional(ID + shard)),
              relayed::increment);
      shards.add(relay);
      meters.gauge(
          "sluice.outbox.leading",
          List.of(Tag.of("shard", "" + shard)),
          relay,
          r -> r.isLeading() ? 1 : 0);
      threads.add(Thread.ofVirtual().name("relay-" + shard).start(relay));
    }
    rollouts.onCommit(
        committed -> shards.get(Outbox.shardOf(committed.rollout().identity().uid())).committed());
  }

  // While the store is still there, so that another instance gets the right at once.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    shards.forEach(ShardRelay::close);
    for (Thread thread : threads) {
      thread.join(LONGEST_STOP);
    }
  }
}

package dev.sluice.orchestrator.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** How many messages wait to be published, of all instances together. */
@ApplicationScoped
class OutboxLag {

  private final Database database;
  private final AtomicLong waiting;

  @Inject
  OutboxLag(Database database, MeterRegistry meters) {
    this.database = database;
    this.waiting = meters.gauge("sluice.outbox.waiting", new AtomicLong());
  }

  CompletableFuture<Void> look() {
    return database
        .reading(session ->
            session
                .createNativeQuery(
                    "select count(*) from outbox where published_at is null", Long.class)
                .getSingleResult())
        .thenAccept(waiting::set);
  }
}

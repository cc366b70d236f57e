package dev.sluice.orchestrator.postgres;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Runs work on Hibernate Reactive for callers on any thread. Each piece of work has a Vert.x
 * context of its own: Hibernate finds its session there, and refuses to work off the event loop.
 */
@ApplicationScoped
class Database {

  private final Mutiny.SessionFactory factory;
  private final List<Context> eventLoops;
  private final AtomicInteger next = new AtomicInteger();

  @Inject
  Database(Mutiny.SessionFactory factory, Vertx vertx) {
    this.factory = factory;
    this.eventLoops =
        Stream.generate(() -> (Context) ((VertxInternal) vertx).createEventLoopContext())
            .limit(Runtime.getRuntime().availableProcessors())
            .toList();
  }

  /**
   * One transaction: committed when the work has a result, rolled back when it fails. An error may
   * also mean that nobody knows.
   */
  <T> CompletableFuture<T> inTransaction(Function<Mutiny.Session, Uni<T>> work) {
    return run(() -> factory.withTransaction((session, _) -> work.apply(session)));
  }

  /** Reads without a transaction. */
  <T> CompletableFuture<T> reading(Function<Mutiny.StatelessSession, Uni<T>> work) {
    return run(() -> factory.withStatelessSession(work));
  }

  private <T> CompletableFuture<T> run(java.util.function.Supplier<Uni<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Context loop = eventLoops.get(Math.floorMod(next.getAndIncrement(), eventLoops.size()));
    Context own = VertxContext.createNewDuplicatedContext(loop);
    VertxContextSafetyToggle.setContextSafe(own, true);
    own.runOnContext(_ -> {
      try {
        work.get().subscribe().with(result::complete, result::completeExceptionally);
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }
}

package dev.sluice.orchestrator.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Deletes what is of no use any more, in small transactions: inputs that no topic holds any more,
 * and messages that were published a while ago.
 */
@ApplicationScoped
class Pruner {

  private static final Logger LOG = Logger.getLogger(Pruner.class);
  private static final int BATCH = 2_000;

  private static final String INBOX =
      """
      delete from inbox where (uid, source, message_id) in
        (select uid, source, message_id from inbox where at < :before limit :batch)\
      """;
  private static final String OUTBOX =
      """
      delete from outbox where (uid, version, n) in
        (select uid, version, n from outbox where published_at < :before limit :batch)\
      """;

  private final Database database;
  private final StoreSettings settings;

  @Inject
  Pruner(Database database, StoreSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** Completes with how many rows were deleted. */
  CompletableFuture<Integer> prune(Instant now) {
    return delete(INBOX, now.minus(settings.inboxRetention()))
        .thenCombine(delete(OUTBOX, now.minus(settings.outboxRetention())), Integer::sum);
  }

  private CompletableFuture<Integer> delete(String statement, Instant before) {
    return database
        .inTransaction(session ->
            session
                .createNativeQuery(statement)
                .setParameter("before", before)
                .setParameter("batch", BATCH)
                .executeUpdate())
        .thenCompose(deleted -> {
          LOG.debugf("%d rows pruned", deleted);
          return deleted < BATCH
              ? CompletableFuture.completedFuture(deleted)
              : delete(statement, before).thenApply(more -> deleted + more);
        });
  }
}

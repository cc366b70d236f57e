package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Outbox;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The outbox table. The right to a shard is an advisory lock of a connection's session: it ends
 * with the connection, and all work on the shard goes through that same connection, so that nobody
 * reads or marks without the right.
 */
@ApplicationScoped
class LeasedOutbox implements Outbox {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Tells our advisory locks from those of others: "outb". */
  static final int LOCKS = 0x6f757462;

  private final Pool pool;
  private final AtomicReferenceArray<Hint> hints = new AtomicReferenceArray<>(SHARDS);

  private enum Hint {
    UNDER_WAY,
    ANOTHER_AFTER_IT
  }

  @Inject
  LeasedOutbox(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Optional<Lease> lease(int shard, Runnable onHint) {
    SqlConnection connection = pool.getConnection().await().atMost(PATIENCE);
    try {
      boolean got =
          connection
              .preparedQuery("select pg_try_advisory_lock($1, $2)")
              .execute(Tuple.of(LOCKS, shard))
              .await()
              .atMost(PATIENCE)
              .iterator()
              .next()
              .getBoolean(0);
      if (got) {
        return Optional.of(new AdvisoryLease(connection, shard, onHint));
      }
    } catch (RuntimeException e) {
      // Whether the lock was got is unknown: giving it back without having it does no harm.
      AdvisoryLease.release(connection);
      throw e;
    }
    connection.closeAndForget();
    return Optional.empty();
  }

  // In a transaction of its own: a notification takes a lock of the whole database while its
  // transaction commits, which no decision should wait for. One at a time says enough.
  @Override
  public void hint(int shard) {
    Hint before =
        hints.getAndUpdate(shard, h -> h == null ? Hint.UNDER_WAY : Hint.ANOTHER_AFTER_IT);
    if (before == null) {
      notifyOthers(shard);
    }
  }

  private void notifyOthers(int shard) {
    pool.preparedQuery("select pg_notify($1, '')")
        .execute(Tuple.of(channel(shard)))
        .onFailure()
        .recoverWithNull()
        .subscribe()
        .with(_ -> {
          if (!hints.compareAndSet(shard, Hint.UNDER_WAY, null)) {
            hints.set(shard, Hint.UNDER_WAY);
            notifyOthers(shard);
          }
        });
  }

  static String channel(int shard) {
    return "sluice_outbox_" + shard;
  }
}

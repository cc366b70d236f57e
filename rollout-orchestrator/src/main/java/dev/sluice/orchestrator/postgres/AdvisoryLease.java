package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Outbox;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** The right to a shard, and the connection that it lives with. */
final class AdvisoryLease implements Outbox.Lease {

  private static final Logger LOG = Logger.getLogger(AdvisoryLease.class);

  private final SqlConnection connection;
  private final int shard;
  private volatile boolean held = true;

  AdvisoryLease(SqlConnection connection, int shard, Runnable onHint) {
    this.connection = connection;
    this.shard = shard;
    connection.closeHandler(() -> held = false);
    PgConnection.cast(connection.getDelegate()).notificationHandler(_ -> onHint.run());
    connection
        .query("listen " + LeasedOutbox.channel(shard))
        .execute()
        .await()
        .atMost(LeasedOutbox.PATIENCE);
  }

  @Override
  public boolean isHeld() {
    return held;
  }

  @Override
  public List<Outbox.Waiting> waiting(int limit, Set<String> without) {
    List<Outbox.Waiting> messages = new ArrayList<>();
    for (Row row :
        connection
            .preparedQuery(
                """
                select id, uid, topic, key, payload, headers from outbox
                where shard = $1 and published_at is null and uid <> all($2)
                order by id limit $3\
                """)
            .execute(Tuple.of((short) shard, without.toArray(String[]::new), limit))
            .await()
            .atMost(LeasedOutbox.PATIENCE)) {
      messages.add(
          new Outbox.Waiting(
              row.getLong("id"),
              row.getString("uid"),
              row.getString("topic"),
              row.getString("key"),
              row.getBuffer("payload") == null ? null : row.getBuffer("payload").getBytes(),
              OutboxRow.readHeaders(row.getString("headers"))));
    }
    return messages;
  }

  @Override
  public void published(List<Outbox.Waiting> messages) {
    Long[] ids = messages.stream().map(Outbox.Waiting::id).toArray(Long[]::new);
    connection
        .preparedQuery(
            """
            update outbox set published_at = now()
            where shard = $1 and published_at is null and id = any($2)\
            """)
        .execute(Tuple.of((short) shard, ids))
        .await()
        .atMost(LeasedOutbox.PATIENCE);
  }

  @Override
  public void close() {
    held = false;
    release(connection);
  }

  // The pool keeps the connection open, so what it holds has to be given back. Should the answer be
  // late, the order of commands on a connection still puts the unlocking before any later use.
  static void release(SqlConnection connection) {
    try {
      connection
          .query("unlisten *; select pg_advisory_unlock_all()")
          .execute()
          .await()
          .atMost(LeasedOutbox.PATIENCE);
    } catch (RuntimeException e) {
      LOG.debugf("the connection is broken, and the lock gone with it: %s", e);
    }
    connection.closeAndForget();
  }
}

package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Rollout;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** The timers of a Rollout as rows. */
final class TimerTable {

  private TimerTable() {}

  /** Makes them equal to these; the Rollout's row is locked. */
  static Uni<Void> replace(Session session, Rollout rollout, Map<String, Instant> timers) {
    return session
        .createMutationQuery("delete from TimerRow where uid = :uid")
        .setParameter("uid", rollout.identity().uid())
        .executeUpdate()
        .chain(() -> session.persistAll(TimerRow.of(rollout, timers).toArray()));
  }
}

package dev.sluice.orchestrator.postgres;

import dev.sluice.events.EventChain;
import dev.sluice.events.RolloutEvent;
import dev.sluice.orchestrator.EventLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The log as rows. Each entry's previous hash is the hash of the row before it. */
@ApplicationScoped
class StoredEventLog implements EventLog {

  private final Database database;

  @Inject
  StoredEventLog(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<List<RolloutEvent>> after(String uid, long after, int limit) {
    return database.reading(session ->
        session
            .get(RolloutRow.class, uid)
            .chain(rollout ->
                rollout == null
                    ? Uni.createFrom().item(List.<RolloutEvent>of())
                    : session
                        .createQuery(
                            "from EventRow where uid = :uid and seq >= :from order by seq",
                            EventRow.class)
                        .setParameter("uid", uid)
                        // With the one before, for its hash.
                        .setParameter("from", after)
                        .setMaxResults(limit + 1)
                        .getResultList()
                        .map(rows -> events(rollout, rows, after, limit))));
  }

  private static List<RolloutEvent> events(
      RolloutRow rollout, List<EventRow> rows, long after, int limit) {
    List<RolloutEvent> events = new ArrayList<>();
    String previous = EventChain.START;
    for (EventRow row : rows) {
      if (row.seq > after && events.size() < limit) {
        events.add(row.event(rollout.namespace, rollout.name, previous));
      }
      previous = row.hash;
    }
    return events;
  }
}

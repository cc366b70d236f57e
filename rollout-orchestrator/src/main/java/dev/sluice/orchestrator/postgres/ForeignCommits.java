package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Rollouts.Committed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Finds what other instances have committed, and own commits whose answer was lost. */
@ApplicationScoped
class ForeignCommits {

  private static final Logger LOG = Logger.getLogger(ForeignCommits.class);
  private static final int MOST_AT_ONCE = 200;

  private final Database database;
  private final CommittedRollouts rollouts;

  @Inject
  ForeignCommits(Database database, CommittedRollouts rollouts) {
    this.database = database;
    this.rollouts = rollouts;
  }

  /** Completes when every state that was committed before the call is known. */
  CompletableFuture<Void> look() {
    return database
        .reading(session ->
            session
                .createQuery("select uid, version from RolloutRow where not gone", Tuple.class)
                .getResultList())
        .thenCompose(live -> load(unknown(live)));
  }

  private List<String> unknown(List<Tuple> live) {
    List<String> unknown = new ArrayList<>();
    Set<String> gone = new HashSet<>();
    rollouts.all().forEach(known -> gone.add(known.rollout().identity().uid()));
    for (Tuple row : live) {
      String uid = row.get(0, String.class);
      gone.remove(uid);
      if (rollouts.isNewer(uid, row.get(1, Long.class))) {
        unknown.add(uid);
      }
    }
    unknown.addAll(gone);
    return unknown;
  }

  private CompletableFuture<Void> load(List<String> uids) {
    if (uids.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<String> some = uids.subList(0, Math.min(MOST_AT_ONCE, uids.size()));
    List<String> rest = uids.subList(some.size(), uids.size());
    return database
        .reading(session ->
            session
                .createQuery("from RolloutRow where uid in :uids", RolloutRow.class)
                .setParameter("uids", some)
                .getResultList())
        .thenCompose(rows -> {
          rows.forEach(this::know);
          return load(rest);
        });
  }

  // One state that cannot be read must not hide the others.
  private void know(RolloutRow row) {
    Committed committed;
    try {
      committed = row.committed();
    } catch (IllegalStateException e) {
      LOG.errorf(e, "Rollout %s/%s (%s) is left alone", row.namespace, row.name, row.uid);
      return;
    }
    rollouts.committed(committed);
  }
}

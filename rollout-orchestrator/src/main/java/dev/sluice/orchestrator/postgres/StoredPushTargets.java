package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.PushTargets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the store, not what this instance knows: another may have seen a new Rollout just now. */
@ApplicationScoped
class StoredPushTargets implements PushTargets {

  private final Database database;

  @Inject
  StoredPushTargets(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<List<Identity>> takers(String repository, String tag) {
    return database
        .reading(session ->
            session
                .createQuery(
                    "from RolloutRow where pushRepository = :repository and pushTag = :tag",
                    RolloutRow.class)
                .setParameter("repository", repository)
                .setParameter("tag", tag)
                .getResultList()
                .map(rows ->
                    rows.stream()
                        .map(row -> new Identity(row.uid, row.namespace, row.name))
                        .toList()))
        .exceptionallyCompose(failure ->
            Unstorable.is(failure)
                ? CompletableFuture.completedStage(List.of())
                : CompletableFuture.failedStage(failure));
  }
}

package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Projections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Two columns of the Rollout's row. They are no part of its version. */
@ApplicationScoped
class StoredProjections implements Projections {

  private final Database database;

  @Inject
  StoredProjections(Database database) {
    this.database = database;
  }

  @Override
  public CompletionStage<Optional<Projected>> load(String uid) {
    return database.reading(session ->
        session
            .createNativeQuery(
                """
                select projected_rv, projected from rollout
                where uid = :uid and projected is not null\
                """,
                Tuple.class)
            .setParameter("uid", uid)
            .getSingleResultOrNull()
            .map(row ->
                Optional.ofNullable(row)
                    .map(r -> new Projected(r.get(0, String.class), r.get(1, String.class)))));
  }

  @Override
  public CompletionStage<Void> save(String uid, String resourceVersion, String json) {
    return database.inTransaction(session ->
        session
            .createNativeQuery(
                """
                update rollout set projected = :json, projected_rv = :resourceVersion
                where uid = :uid\
                """)
            .setParameter("json", json)
            .setParameter("resourceVersion", resourceVersion)
            .setParameter("uid", uid)
            .executeUpdate()
            .replaceWithVoid());
  }
}

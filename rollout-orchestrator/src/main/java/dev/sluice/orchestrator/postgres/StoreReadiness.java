package dev.sluice.orchestrator.postgres;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Nothing can be decided without the store: ready means that it answers and has our tables. */
@Readiness
@ApplicationScoped
class StoreReadiness implements AsyncHealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Database database;

  @Inject
  StoreReadiness(Database database) {
    this.database = database;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .completionStage(() ->
            database.reading(session ->
                session
                    .createNativeQuery("select count(*) from rollout where false", Long.class)
                    .getSingleResult()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(_ -> HealthCheckResponse.up("postgresql"))
        .onFailure()
        .recoverWithItem(failure ->
            HealthCheckResponse.named("postgresql")
                .down()
                .withData("error", String.valueOf(failure.getMessage()))
                .build());
  }
}

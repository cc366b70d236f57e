package dev.sluice.orchestrator.kubernetes;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Shows since when the API server does not answer. It is no reason to take the service out:
 * decisions go on, and are written when it is back.
 */
@Wellness
@ApplicationScoped
class ClusterHealth implements HealthCheck {

  private final KubernetesStart kubernetes;

  @Inject
  ClusterHealth(KubernetesStart kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public HealthCheckResponse call() {
    return kubernetes
        .outage()
        .map(outage ->
            HealthCheckResponse.named("kubernetes")
                .down()
                .withData("since", outage.since().toString())
                .withData("message", outage.message())
                .build())
        .orElseGet(() -> HealthCheckResponse.up("kubernetes"));
  }
}

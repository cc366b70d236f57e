package dev.sluice.metrics.http;

import dev.sluice.metrics.Endpoint;
import dev.sluice.metrics.EndpointList;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as soon as the list of endpoints is read. Whether a provider answers is no matter of
 * readiness: one that does not must not take the others' gateway away.
 */
@Readiness
@Singleton
class EndpointsRead implements HealthCheck {

  private final EndpointList endpoints;

  EndpointsRead(EndpointList endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("endpoints")
        .withData(
            "allowed",
            endpoints.endpoints().stream().map(Endpoint::name).collect(Collectors.joining(", ")))
        .up()
        .build();
  }
}

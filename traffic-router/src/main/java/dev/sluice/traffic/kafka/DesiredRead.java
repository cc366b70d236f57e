package dev.sluice.traffic.kafka;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when this instance is in the group and has read its partitions to their end. */
@Readiness
@Singleton
class DesiredRead implements HealthCheck {

  private final DesiredReader reader;

  DesiredRead(DesiredReader reader) {
    this.reader = reader;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("traffic.desired").status(reader.isReady()).build();
  }
}

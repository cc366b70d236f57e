package dev.sluice.orchestrator.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how it stands with Kafka. Always ready: without it commands and aborts are still taken. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements HealthCheck {

  private final Inlets inlets;

  @Inject
  KafkaReadiness(Inlets inlets) {
    this.inlets = inlets;
  }

  @Override
  public HealthCheckResponse call() {
    Inlet inlet = inlets.current();
    return HealthCheckResponse.named("kafka")
        .up()
        .withData("connected", inlet != null && inlet.isConnected())
        .withData("partitions", inlet == null ? 0 : inlet.partitions())
        .build();
  }
}

package dev.sluice.analysis.configuration;

import dev.sluice.analysis.kafka.AnalysisWorker;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as soon as each partition that the worker was given is read to its end, if any. */
@Readiness
@Singleton
class PartitionsRead implements HealthCheck {

  private final AnalysisWorker worker;

  PartitionsRead(AnalysisWorker worker) {
    this.worker = worker;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("partitions")
        .withData("given", worker.partitions().toString())
        .status(worker.isReady())
        .build();
  }
}

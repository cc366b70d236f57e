package dev.sluice.analysis.configuration;

import dev.sluice.analysis.Tally;
import dev.sluice.analysis.gateway.GatewayClient;
import dev.sluice.analysis.kafka.AnalysisWorker;
import dev.sluice.analysis.kafka.Clients;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;

class Wiring {

  @Produces
  @Singleton
  @Startup
  AnalysisWorker worker(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      WorkerConfiguration configuration,
      Vertx vertx,
      Tally tally) {
    return AnalysisWorker.start(
        new Clients(kafka),
        new GatewayClient(vertx, configuration.gateway().url()),
        tally,
        InstantSource.system());
  }

  void stop(@Disposes AnalysisWorker worker) {
    worker.close();
  }
}

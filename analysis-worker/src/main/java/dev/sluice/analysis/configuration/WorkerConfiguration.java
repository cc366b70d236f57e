package dev.sluice.analysis.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** All settings of a worker. Kafka's own are {@code kafka.*}, with {@code bootstrap.servers}. */
@ConfigMapping(prefix = "sluice")
public interface WorkerConfiguration {

  /** Whom to ask. */
  MetricsGateway gateway();

  /** Where the metrics gateway is. */
  interface MetricsGateway {

    /** Scheme, host and port. */
    @WithDefault("http://127.0.0.1:8090")
    URI url();
  }
}

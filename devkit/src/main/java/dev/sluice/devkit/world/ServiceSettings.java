package dev.sluice.devkit.world;

import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the four services of one installation are told.
 *
 * @param repository whose services are run, as {@code ./mvnw package} built them
 * @param folder for their logs
 * @param kafka with all topics
 * @param postgres with an empty database, or that of an earlier run
 * @param kubeconfig of the cluster
 * @param namespaces to work on; empty: all
 * @param instanceId whose Rollouts are worked on; empty: those that are marked for nobody
 * @param endpoints metric providers and step plugins that may be asked, each {@code URL} or {@code
 *     URL=URL}
 * @param noData what an empty answer means: {@code inconclusive} or {@code error}
 * @param webhookSecret of the webhook {@code registry}; empty: the webhook is closed
 * @param workers how many analysis workers, at least 1
 */
public record ServiceSettings(
    Path repository,
    Path folder,
    EmbeddedKafka kafka,
    PostgresServer postgres,
    Path kubeconfig,
    List<String> namespaces,
    String instanceId,
    List<String> endpoints,
    String noData,
    String webhookSecret,
    int workers) {

  private static final String ALL_NAMESPACES = "*";

  /** As an API server's audit names the router; the orchestrator names itself. */
  private static final String ROUTER_AGENT = "sluice-traffic-router";

  /** Copies the lists. */
  public ServiceSettings {
    namespaces = List.copyOf(namespaces);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Settings that anybody on the machine may read.
   *
   * @param gateway where the metrics gateway is
   */
  Map<String, String> properties(ServiceKind kind, String gateway) {
    var properties = new HashMap<String, String>();
    String where = namespaces.isEmpty() ? ALL_NAMESPACES : String.join(",", namespaces);
    properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    switch (kind) {
      case GATEWAY -> allow(properties);
      case WORKER -> properties.put("sluice.gateway.url", gateway);
      case ROUTER -> {
        properties.put("sluice.namespaces", where);
        properties.put("kubernetes.user.agent", ROUTER_AGENT);
      }
      case ORCHESTRATOR -> {
        allow(properties);
        properties.put("sluice.namespaces", where);
        properties.put("sluice.no-data", noData);
        properties.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        properties.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        properties.put("quarkus.datasource.username", postgres.user());
        if (!instanceId.isEmpty()) {
          properties.put("sluice.instance-id", instanceId);
        }
      }
    }
    return properties;
  }

  /** Secrets are not among the arguments, which everybody on the machine can read. */
  Map<String, String> environment(ServiceKind kind) {
    var environment = new HashMap<String, String>();
    environment.put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
    if (kind == ServiceKind.ORCHESTRATOR) {
      environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
      environment.put("SLUICE_WEBHOOKS_REGISTRY_SECRET", webhookSecret);
    }
    return environment;
  }

  private void allow(Map<String, String> properties) {
    if (!endpoints.isEmpty()) {
      properties.put("sluice.allow-endpoint", String.join(",", endpoints));
    }
  }
}

package dev.sluice.system.golden;

import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.postgres.PostgresServer;
import dev.sluice.devkit.postgres.PostgresServer.Durability;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.devkit.world.ServiceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The four services, each a process of its own, with a broker and a database, on any cluster. An
 * empty answer is an error, as it is for Argo Rollouts.
 */
final class Installation implements AutoCloseable {

  private static final int PARTITIONS = 4;

  private final List<ServiceProcess> services = new ArrayList<>();
  private final Path repository;
  private final Path folder;
  private final Path kubeconfig;
  private final String provider;
  private final EmbeddedKafka kafka;
  private final PostgresServer postgres;

  private Installation(Path repository, Path folder, Path kubeconfig, String provider) {
    this.repository = repository;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    this.provider = provider;
    this.kafka = EmbeddedKafka.start(folder);
    this.postgres = PostgresServer.start(folder, Durability.PROCESS_ONLY);
  }

  /**
   * Starts everything, and waits until all services are ready.
   *
   * @param provider the one endpoint that is allowed
   */
  static Installation start(Path repository, Path folder, Path kubeconfig, String provider) {
    var installation = new Installation(repository, folder, kubeconfig, provider);
    try {
      installation.kafka.createTopics(PARTITIONS);
      String gateway = installation.launch(ServiceKind.GATEWAY, "").url();
      installation.launch(ServiceKind.ORCHESTRATOR, gateway);
      installation.launch(ServiceKind.ROUTER, gateway);
      installation.launch(ServiceKind.WORKER, gateway);
      installation.services.forEach(ServiceProcess::awaitReady);
      return installation;
    } catch (RuntimeException failed) {
      installation.close();
      throw failed;
    }
  }

  @Override
  public void close() {
    services.reversed().forEach(ServiceProcess::close);
    postgres.close();
    kafka.close();
  }

  private ServiceProcess launch(ServiceKind kind, String gateway) {
    var service =
        ServiceProcess.launch(
            new ServiceProcess.Settings(
                kind.folder(),
                repository.resolve(kind.folder()).resolve("target/quarkus-app/quarkus-run.jar"),
                properties(kind, gateway),
                environment(kind)),
            folder);
    services.add(service);
    return service;
  }

  private Map<String, String> properties(ServiceKind kind, String gateway) {
    var properties = new HashMap<String, String>();
    if (kind != ServiceKind.GATEWAY) {
      properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    }
    switch (kind) {
      case GATEWAY -> properties.put("sluice.allow-endpoint", provider);
      case WORKER -> properties.put("sluice.gateway.url", gateway);
      case ROUTER -> {}
      case ORCHESTRATOR -> {
        properties.put("sluice.allow-endpoint", provider);
        properties.put("sluice.no-data", "error");
        properties.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        properties.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        properties.put("quarkus.datasource.username", postgres.user());
      }
    }
    return properties;
  }

  /** Secrets are not among the arguments, which everybody on the machine can read. */
  private Map<String, String> environment(ServiceKind kind) {
    var environment = new HashMap<String, String>();
    environment.put("KUBECONFIG", kubeconfig.toString());
    if (kind == ServiceKind.ORCHESTRATOR) {
      environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    }
    return environment;
  }
}

package dev.sluice.orchestrator.world;

import dev.sluice.devkit.faults.FaultProxy;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A real Kafka and a real PostgreSQL for all tests that run the service; started once. The service
 * reaches its database through a proxy with faults, and a proxy that cuts at a commit.
 */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

  /** What a registry says to be let in. */
  public static final String WEBHOOK_SECRET = "a-secret-of-tests";

  private static EmbeddedKafka kafka;
  private static PostgresServer postgres;
  private static FaultProxy faults;
  private static CommitCutter cutter;

  @Override
  public Map<String, String> start() {
    Path folder = folder();
    kafka = EmbeddedKafka.start(folder);
    kafka.createTopics(4);
    postgres = PostgresServer.start(folder);
    faults = new FaultProxy(postgres.port());
    cutter = new CommitCutter(faults.port());
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    settings.put(
        "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + cutter.port() + "/sluice");
    settings.put("quarkus.datasource.username", postgres.user());
    settings.put("quarkus.datasource.password", postgres.password());
    settings.put("quarkus.http.test-port", "0");
    settings.put("sluice.kubernetes.enabled", "false");
    settings.put("sluice.webhooks.registry.secret", WEBHOOK_SECRET);
    return settings;
  }

  @Override
  public void stop() {
    cutter.close();
    faults.close();
    kafka.close();
    postgres.close();
  }

  /** The broker. */
  public static EmbeddedKafka kafka() {
    return kafka;
  }

  /** The database server. */
  public static PostgresServer postgres() {
    return postgres;
  }

  /** Between the service and its database. */
  public static FaultProxy faults() {
    return faults;
  }

  /** Also between the service and its database. */
  public static CommitCutter cutter() {
    return cutter;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "neighbours-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

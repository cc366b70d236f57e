package dev.sluice.devkit.up;

import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.postgres.PostgresServer;
import dev.sluice.devkit.postgres.PostgresServer.Durability;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.devkit.world.ServiceKind;
import dev.sluice.devkit.world.ServiceSettings;
import dev.sluice.devkit.world.Services;
import dev.sluice.devkit.world.Together;
import java.nio.file.Path;
import java.util.List;

/** The four services with a broker and a database of their own, on any cluster. */
public final class Installation implements AutoCloseable {

  private static final int PARTITIONS = 8;

  private final EmbeddedKafka kafka;
  private final PostgresServer postgres;
  private final Services services;
  private final Together together;
  private final boolean kept;

  private Installation(
      EmbeddedKafka kafka,
      PostgresServer postgres,
      Services services,
      Together together,
      boolean kept) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.services = services;
    this.together = together;
    this.kept = kept;
  }

  /**
   * What it is like.
   *
   * @param repository whose services are run, as {@code ./mvnw package} built them
   * @param folder for data and logs; data of an earlier run is taken over
   * @param kept whether the data is to survive a power cut
   * @param kubeconfig of the cluster
   * @param namespaces to work on; empty: all
   * @param instanceId whose Rollouts are worked on; empty: those that are marked for nobody
   * @param endpoints metric providers that may be asked, each {@code URL} or {@code URL=URL}
   * @param noData what an empty answer means: {@code inconclusive} or {@code error}
   * @param webhookSecret of the webhook {@code registry}; empty: it is closed
   * @param workers how many analysis workers, at least 1
   */
  public record Settings(
      Path repository,
      Path folder,
      boolean kept,
      Path kubeconfig,
      List<String> namespaces,
      String instanceId,
      List<String> endpoints,
      String noData,
      String webhookSecret,
      int workers) {}

  /** Starts everything, and waits until all services are ready. */
  public static Installation start(Settings settings) {
    var together = new Together();
    try {
      var startingKafka = together.start(() -> EmbeddedKafka.start(settings.folder()));
      var startingPostgres =
          together.start(() ->
              PostgresServer.start(
                  settings.folder(),
                  settings.kept() ? Durability.DURABLE : Durability.PROCESS_ONLY));
      EmbeddedKafka kafka = Together.get(startingKafka);
      kafka.createTopics(PARTITIONS);
      PostgresServer postgres = Together.get(startingPostgres);
      var services =
          Services.start(
              new ServiceSettings(
                  settings.repository(),
                  settings.folder(),
                  kafka,
                  postgres,
                  settings.kubeconfig(),
                  settings.namespaces(),
                  settings.instanceId(),
                  settings.endpoints(),
                  settings.noData(),
                  settings.webhookSecret(),
                  settings.workers()),
              together);
      return new Installation(kafka, postgres, services, together, settings.kept());
    } catch (RuntimeException failed) {
      together.close();
      throw failed;
    }
  }

  /** The broker, with all topics. */
  public EmbeddedKafka kafka() {
    return kafka;
  }

  /** The four services. */
  public Services services() {
    return services;
  }

  /** Where the orchestrator's webhooks are. */
  public String webhooks() {
    return services.first(ServiceKind.ORCHESTRATOR).url() + "/webhooks/registry";
  }

  /** Starts those services again that have ended by themselves; says which. */
  List<String> revive() {
    return services.all().stream()
        .filter(service -> !service.process().isAlive())
        .peek(ServiceProcess::restart)
        .map(service -> service.process().name())
        .toList();
  }

  /** Ends the services in order; then, where the data is kept, broker and database as well. */
  @Override
  public void close() {
    services.all().reversed().forEach(ServiceProcess::stop);
    if (kept) {
      kafka.stop();
      postgres.stop();
    }
    together.close();
  }
}

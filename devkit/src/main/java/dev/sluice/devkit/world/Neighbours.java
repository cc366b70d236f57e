package dev.sluice.devkit.world;

import dev.sluice.devkit.edge.Edge;
import dev.sluice.devkit.edge.EdgeWatch;
import dev.sluice.devkit.edge.LoadGenerator;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.postgres.PostgresServer;
import dev.sluice.devkit.prometheus.PrometheusServer;
import dev.sluice.devkit.prometheus.TargetsWatch;
import dev.sluice.devkit.workload.Workload;
import dev.sluice.devkit.workload.WorkloadPods;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;

/**
 * All that Sluice works with and did not make: broker, database, cluster, provider, application,
 * users.
 *
 * @param kafka with all topics
 * @param postgres with an empty database
 * @param kubernetes with the custom resource definitions
 * @param prometheus scraping all played pods
 * @param workload running the pods
 * @param edge routing by what the cluster says
 * @param load the users, sending from the start
 * @param client of the cluster
 */
public record Neighbours(
    EmbeddedKafka kafka,
    PostgresServer postgres,
    KubernetesApi kubernetes,
    PrometheusServer prometheus,
    Workload workload,
    Edge edge,
    LoadGenerator load,
    KubernetesClient client) {

  /** As the audit of the API server counts the devkit's own watches. */
  private static final String USER_AGENT = "sluice-devkit-world";

  static Neighbours start(WorldSettings settings, Together together) {
    var folder = settings.folder();
    var startingKafka = together.start(() -> EmbeddedKafka.start(folder));
    var startingPostgres =
        together.start(() -> PostgresServer.start(folder, settings.durability()));
    var startingPrometheus = together.start(() -> PrometheusServer.start(folder));
    var startingWorkload =
        together.start(() -> Workload.start(folder, settings.images(), settings.leak()));

    var kubernetes =
        together.add(
            KubernetesApi.start(
                KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig"))));
    kubernetes.installCrds();
    var workload = Together.get(startingWorkload);
    var pods = together.add(new WorkloadPods(workload));
    together.add(Controllers.start(kubernetes.kubeconfig(), pods));

    Config config = Config.fromKubeconfig(kubernetes.kubeconfig().toFile());
    config.setUserAgent(USER_AGENT);
    var client = together.add(new KubernetesClientBuilder().withConfig(config).build());
    var edge = together.add(new Edge(Clock.systemUTC()));
    together.add(new EdgeWatch(edge, client, settings.namespace()));
    var prometheus = Together.get(startingPrometheus);
    together.add(new TargetsWatch(prometheus.targets(), client, settings.namespace()));
    var load =
        together.add(
            new LoadGenerator(
                edge.url(), settings.host(), settings.requestsPerSecond(), Clock.systemUTC()));

    var kafka = Together.get(startingKafka);
    kafka.createTopics(settings.partitions());
    return new Neighbours(
        kafka,
        Together.get(startingPostgres),
        kubernetes,
        prometheus,
        workload,
        edge,
        load,
        client);
  }
}

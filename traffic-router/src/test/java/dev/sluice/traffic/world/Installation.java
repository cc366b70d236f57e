package dev.sluice.traffic.world;

import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.http.Audit;
import dev.sluice.devkit.process.ServiceProcess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A real broker and an API server; each router is a process of its own. */
public final class Installation implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PARTITIONS = 4;
  private static final Path ROUTER = Path.of("target/quarkus-app/quarkus-run.jar");

  public final KubernetesApi api = KubernetesApi.start(KubernetesApi.Options.defaults());
  public final KubernetesClient hands;
  public final EmbeddedKafka kafka;
  public final Topic log;
  private final AtomicInteger namespaces = new AtomicInteger();
  private final Path folder;

  /** A broker with our topics, and a cluster with nothing in it. */
  public Installation(Path folder) {
    this.folder = folder;
    Config config = Config.fromKubeconfig(api.kubeconfig().toFile());
    config.setUserAgent("hands");
    hands = new KubernetesClientBuilder().withConfig(config).build();
    api.installCrds();
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    createTopics();
    log = new Topic(kafka.bootstrapServers());
  }

  /** Starts a router, and waits until it is ready. */
  public ServiceProcess router(String name) {
    return router(name, api.port());
  }

  /** Starts a router that reaches the API server through this port. */
  public ServiceProcess router(String name, int port) {
    return ServiceProcess.start(
        new ServiceProcess.Settings(
            name,
            ROUTER,
            Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(), "kubernetes.user.agent", name),
            Map.of("KUBECONFIG", kubeconfig(name, port).toString())),
        folder.resolve(name));
  }

  private Path kubeconfig(String name, int port) {
    try {
      String text = Files.readString(api.kubeconfig());
      return Files.writeString(
          folder.resolve(name + ".kubeconfig"), text.replace(":" + api.port(), ":" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates those of our topics that do not exist. */
  public void createTopics() {
    kafka.createTopics(PARTITIONS);
  }

  /** Takes a topic away. */
  public void deleteTopic(String name) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of(name)).all().get();
    } catch (Exception e) {
      throw new IllegalStateException("cannot delete " + name, e);
    }
  }

  /** A Rollout with its Ingress, in a namespace of its own. */
  public Shop shop() {
    return new Shop(this, "shop-" + namespaces.incrementAndGet());
  }

  /** How often a router asked this of the API server about Ingresses, and got this answer. */
  public long calls(String router, Predicate<Audit.Call> which) {
    return api.audit().counts().entrySet().stream()
        .filter(entry -> entry.getKey().userAgent().equals(router))
        .filter(entry -> entry.getKey().resource().equals("ingresses.networking.k8s.io"))
        .filter(entry -> which.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How far the group of routers has handled a partition. */
  public long handled(TopicPartition partition) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets("traffic-router")
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return committed == null ? 0 : committed.offset();
    } catch (Exception e) {
      throw new IllegalStateException("cannot look up " + partition, e);
    }
  }

  /** How many partitions each living router has. */
  public List<Integer> shares() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin
          .describeConsumerGroups(List.of("traffic-router"))
          .describedGroups()
          .get("traffic-router")
          .get()
          .members()
          .stream()
          .map(member -> member.assignment().topicPartitions().size())
          .toList();
    } catch (Exception e) {
      throw new IllegalStateException("cannot look up the group", e);
    }
  }

  /** Waits for a fact. */
  public static <T> T until(String what, Supplier<T> value, Predicate<T> condition) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(value::get, condition);
  }

  @Override
  public void close() {
    log.close();
    kafka.close();
    hands.close();
    api.close();
  }
}

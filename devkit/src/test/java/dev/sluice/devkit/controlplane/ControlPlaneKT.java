package dev.sluice.devkit.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(AssetsCondition.class)
class ControlPlaneKT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String REPLICA_SET =
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: shop, namespace: default}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec: {containers: [{name: main, image: 'registry.test/shop:1'}]}
      """;

  @TempDir Path folder;

  @Test
  void theControllersThatWereAskedForWork() {
    var options =
        ControlPlane.Options.defaults()
            .withControllers(Controller.REPLICASET, Controller.GARBAGE_COLLECTOR)
            .withAudit(AuditLevel.METADATA);
    try (var plane = start(options);
        var client = client(plane)) {
      client.resource(REPLICA_SET).create();
      await().atMost(LIMIT).until(() -> pods(client).size() == 2);

      client.resource(REPLICA_SET).delete();
      await().atMost(LIMIT).until(() -> pods(client).isEmpty());

      assertThat(plane.auditLog())
          .content()
          .contains("\"verb\":\"create\"", "\"username\":\"admin\"", "\"name\":\"shop\"")
          .doesNotContain("requestObject");
    }
  }

  @Test
  void whatWasStoredOutlivesAKillOfAllParts() {
    try (var plane = start(ControlPlane.Options.defaults())) {
      assertThat(plane.controllerManager()).isEmpty();
      try (var client = client(plane)) {
        client.resource(REPLICA_SET).create();
      }

      plane.apiServer().kill();
      plane.etcd().kill();
      plane.restart();

      try (var client = client(plane)) {
        var replicaSets = client.apps().replicaSets().inNamespace("default").list().getItems();
        assertThat(replicaSets).extracting(set -> set.getMetadata().getName()).containsOnly("shop");
        assertThat(pods(client)).as("pods without a controller").isEmpty();
      }
    }
  }

  private ControlPlane start(ControlPlane.Options options) {
    return ControlPlane.start(Assets.find().orElseThrow(), folder, options);
  }

  private static KubernetesClient client(ControlPlane plane) {
    var config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static List<Pod> pods(KubernetesClient client) {
    return client.pods().inNamespace("default").list().getItems();
  }
}

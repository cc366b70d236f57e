package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The players together, on the server that they play for. */
class ControllersIT {
  private final Map<String, PodRunner.Report> reports = new ConcurrentHashMap<>();
  private KubernetesApi api;
  private KubernetesClient client;

  /** A runner whose pods do what the test says. */
  private final PodRunner byHand =
      new PodRunner() {
        @Override
        public void start(Pod pod, Report report) {
          reports.put(pod.getMetadata().getName(), report);
        }

        @Override
        public void stop(Pod pod, Runnable stopped) {
          stopped.run();
        }
      };

  @BeforeEach
  void start() {
    api = KubernetesApi.start(KubernetesApi.Options.defaults());
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(api.kubeconfig().toFile()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void aReplicaSetGetsReadyPodsAndItsServiceTheirAddresses() {
    api.startControllers(new IdlePods());
    client.resource(service()).create();
    client.resource(set(3, "web:1")).create();

    eventually(() -> {
      assertThat(set().getStatus().getAvailableReplicas()).isEqualTo(3);
      assertThat(set().getStatus().getFullyLabeledReplicas()).isEqualTo(3);
      assertThat(addresses()).hasSize(3);
    });
    Pod pod = pods().getFirst();
    assertThat(pod.getMetadata().getName()).matches("web-[a-z0-9]{5}");
    assertThat(pod.getMetadata().getOwnerReferences().getFirst().getUid())
        .isEqualTo(set().getMetadata().getUid());
  }

  @Test
  void scalingDownTakesPodsAwayAndDeletingTheSetTakesAll() {
    api.startControllers(new IdlePods(Duration.ofMillis(10), Duration.ofMillis(10)));
    client.resource(set(3, "web:1")).create();
    eventually(() -> assertThat(set().getStatus().getReadyReplicas()).isEqualTo(3));

    client.apps().replicaSets().inNamespace("default").withName("web").scale(1);
    eventually(() -> assertThat(pods()).hasSize(1));
    eventually(() -> assertThat(set().getStatus().getReplicas()).isEqualTo(1));

    client.apps().replicaSets().inNamespace("default").withName("web").delete();
    eventually(() -> assertThat(pods()).isEmpty());
  }

  @Test
  void aDeletedPodIsReplaced() {
    api.startControllers(new IdlePods(Duration.ofMillis(10), Duration.ofMillis(10)));
    client.resource(set(1, "web:1")).create();
    eventually(() -> assertThat(set().getStatus().getReadyReplicas()).isEqualTo(1));
    String first = pods().getFirst().getMetadata().getName();

    client.pods().inNamespace("default").withName(first).delete();

    eventually(() -> {
      assertThat(pods()).hasSize(1);
      assertThat(pods().getFirst().getMetadata().getName()).isNotEqualTo(first);
      assertThat(set().getStatus().getReadyReplicas()).isEqualTo(1);
    });
  }

  @Test
  void anImageThatCannotBePulledNeverGetsReady() {
    api.startControllers(new IdlePods(Duration.ofMillis(10), Duration.ofMillis(10)));
    client.resource(set(1, "web:bad-pull")).create();

    eventually(() ->
        assertThat(
                pods()
                    .getFirst()
                    .getStatus()
                    .getContainerStatuses()
                    .getFirst()
                    .getState()
                    .getWaiting()
                    .getReason())
            .isEqualTo("ImagePullBackOff"));
    assertThat(set().getStatus().getReadyReplicas()).isNull();
  }

  @Test
  void aPluggedInRunnerDecidesWhenAPodIsReadyAndWhereItAnswers() {
    api.startControllers(byHand);
    client.resource(service()).create();
    client.resource(set(1, "web:1")).create();
    eventually(() -> assertThat(reports).hasSize(1));

    reports.values().forEach(report -> report.ready("10.244.1.7", 34567));
    eventually(() -> {
      assertThat(addresses()).extracting(EndpointAddress::getIp).containsExactly("10.244.1.7");
      assertThat(pods().getFirst().getMetadata().getAnnotations())
          .containsEntry(Controllers.PORT_ANNOTATION, "34567");
    });

    reports.values().forEach(report -> report.notReady("CrashLoopBackOff", "it fell over"));
    eventually(() -> {
      assertThat(addresses()).isEmpty();
      assertThat(set().getStatus().getReadyReplicas()).isNull();
    });
  }

  @Test
  void theirWritesAreCountedUnderTheirOwnName() {
    api.startControllers(new IdlePods());
    client.resource(set(2, "web:1")).create();

    eventually(() ->
        assertThat(
                api.audit()
                    .writes(call ->
                        call.userAgent().equals(Controllers.USER_AGENT)
                            && call.verb().equals("create")
                            && call.resource().equals("pods")
                            && call.subresource().isEmpty()))
            .isEqualTo(2));
  }

  private static void eventually(ThrowingRunnable fact) {
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(fact);
  }

  private ReplicaSet set() {
    return client.apps().replicaSets().inNamespace("default").withName("web").get();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").list().getItems();
  }

  private List<EndpointAddress> addresses() {
    Endpoints endpoints = client.endpoints().inNamespace("default").withName("web").get();
    return endpoints.getSubsets().stream().flatMap(one -> one.getAddresses().stream()).toList();
  }

  private static io.fabric8.kubernetes.api.model.Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withSelector(Map.of("app", "web"))
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private static ReplicaSet set(int replicas, String image) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}

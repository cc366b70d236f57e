package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedIT {

  private final KubernetesApi api = KubernetesApi.start(KubernetesApi.Options.defaults());
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(api.kubeconfig().toFile()))
          .build();
  private final Watched<Service> services =
      new Watched<>(
          Service.class,
          Map.of("team", service -> List.of(service.getMetadata().getLabels().get("team"))),
          InstantSource.system());

  @AfterEach
  void end() {
    services.close();
    client.close();
    api.close();
  }

  @Test
  void whatTheWatchShowsIsFoundByNameAndByIndex() {
    watch("shop");
    Service created = create("shop", "web");

    await().until(() -> services.find(new RolloutKey("shop", "web")).isPresent());

    assertThat(services.byIndex("team", "checkout")).containsExactly(created);
    assertThat(services.all()).containsExactly(created);
    client.resource(created).delete();
    await().until(() -> services.byIndex("team", "checkout").isEmpty());
  }

  // Of another namespace, which stands for a watch that is late.
  @Test
  void whatTheWatchHasNotShownIsAskedFor() {
    watch("shop");
    Service created = create("other", "web");
    RolloutKey key = new RolloutKey("other", "web");

    assertThat(services.find(key)).isEmpty();
    assertThat(services.findOrRead(key)).contains(created);
    assertThat(services.findOrRead(new RolloutKey("other", "nobody"))).isEmpty();
  }

  private void watch(String namespace) {
    services.start(
        client,
        List.of(namespace),
        "",
        _ -> {},
        _ -> {},
        _ -> {},
        new Reachability(InstantSource.system()));
    await().until(services::isSynced);
  }

  private Service create(String namespace, String name) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    return client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("team", "checkout")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build())
        .create();
  }
}

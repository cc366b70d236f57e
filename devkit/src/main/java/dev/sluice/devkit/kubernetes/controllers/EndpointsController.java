package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;

/** Keeps the Endpoints of each Service that selects pods. */
final class EndpointsController implements AutoCloseable {
  private final KubernetesClient client;
  private final WorkQueue queue = new WorkQueue("endpoints", this::reconcile);
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<Pod> pods;

  EndpointsController(KubernetesClient client) {
    this.client = client;
    this.services =
        client
            .services()
            .inAnyNamespace()
            .inform(new Trigger<>(service -> queue.add(key(service))));
    this.pods = client.pods().inAnyNamespace().inform(new Trigger<>(this::podChanged));
  }

  @Override
  public void close() {
    services.close();
    pods.close();
    queue.close();
  }

  /** A pod's labels may have changed, so every Service beside it looks again. */
  private void podChanged(Pod pod) {
    services.getStore().list().stream()
        .filter(service ->
            service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace()))
        .forEach(service -> queue.add(key(service)));
  }

  private void reconcile(WorkQueue.Key key) {
    Resource<Endpoints> resource =
        client.endpoints().inNamespace(key.namespace()).withName(key.name());
    Service service = client.services().inNamespace(key.namespace()).withName(key.name()).get();
    if (service == null) {
      resource.delete();
      return;
    }
    Map<String, String> selector = service.getSpec().getSelector();
    if (selector == null || selector.isEmpty()) {
      return; // its Endpoints are somebody else's business
    }
    List<Pod> all =
        client.pods().inNamespace(key.namespace()).withLabels(selector).list().getItems();
    List<EndpointSubset> subsets = EndpointsPlan.of(service, all);
    Endpoints present = resource.get();
    if (present == null) {
      client.resource(endpoints(service, subsets)).create();
    } else if (!present.getSubsets().equals(subsets)) {
      client.resource(new EndpointsBuilder(present).withSubsets(subsets).build()).update();
    }
  }

  private static Endpoints endpoints(Service service, List<EndpointSubset> subsets) {
    return new EndpointsBuilder()
        .withNewMetadata()
        .withNamespace(service.getMetadata().getNamespace())
        .withName(service.getMetadata().getName())
        .withLabels(service.getMetadata().getLabels())
        .endMetadata()
        .withSubsets(subsets)
        .build();
  }

  private static WorkQueue.Key key(Service service) {
    return new WorkQueue.Key(service.getMetadata().getNamespace(), service.getMetadata().getName());
  }
}

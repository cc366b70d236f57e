package dev.sluice.devkit.edge;

import dev.sluice.devkit.cluster.Watched;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Keeps an {@link Edge} in step with the Ingress, Service and Pod objects of a namespace. */
public final class EdgeWatch implements AutoCloseable {

  private final Edge edge;
  private final Watched<Ingress> ingresses;
  private final Watched<Service> services;
  private final Watched<Pod> pods;
  private volatile boolean complete;

  /** Watches from now on; returns when the edge knows what is there. */
  public EdgeWatch(Edge edge, KubernetesClient client, String namespace) {
    this.edge = edge;
    ingresses =
        new Watched<>(client.network().v1().ingresses().inNamespace(namespace), this::update);
    services = new Watched<>(client.services().inNamespace(namespace), this::update);
    pods = new Watched<>(client.pods().inNamespace(namespace), this::update);
    complete = true;
    update();
  }

  @Override
  public void close() {
    ingresses.close();
    services.close();
    pods.close();
  }

  private synchronized void update() {
    if (complete) {
      edge.set(RouteTable.of(ingresses.now(), services.now(), pods.now()));
    }
  }
}

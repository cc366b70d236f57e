package dev.sluice.traffic.nginx;

import dev.sluice.traffic.Router;
import dev.sluice.traffic.configuration.RouterConfiguration;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Sees every change of an Ingress, ours and others', stable and canary ones. */
@Singleton
class IngressWatch implements ResourceEventHandler<Ingress> {

  private static final String ALL = "*";

  private final KubernetesClient client;
  private final Router router;
  private final RouterConfiguration configuration;
  private final KnownIngresses known;

  IngressWatch(
      KubernetesClient client,
      Router router,
      RouterConfiguration configuration,
      KnownIngresses known) {
    this.known = known;
    this.client = client;
    this.router = router;
    this.configuration = configuration;
  }

  void start(@Observes StartupEvent event) {
    var ingresses = client.network().v1().ingresses();
    List<SharedIndexInformer<Ingress>> informers = new ArrayList<>();
    if (configuration.namespaces().contains(ALL)) {
      informers.add(ingresses.inAnyNamespace().runnableInformer(0));
    } else {
      configuration
          .namespaces()
          .forEach(
              namespace -> informers.add(ingresses.inNamespace(namespace).runnableInformer(0)));
    }
    known.from(informers);
    for (SharedIndexInformer<Ingress> informer : informers) {
      informer.addEventHandler(this);
      // Without an end: an API server that is away comes back.
      informer.exceptionHandler((_, _) -> true);
      informer.start();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    known.stop();
  }

  /** Whether all Ingresses were listed once. */
  boolean isSynced() {
    return known.areSynced();
  }

  @Override
  public void onAdd(Ingress ingress) {
    changed(ingress, ingress.getMetadata().getResourceVersion());
  }

  @Override
  public void onUpdate(Ingress before, Ingress ingress) {
    changed(ingress, ingress.getMetadata().getResourceVersion());
  }

  @Override
  public void onDelete(Ingress ingress, boolean deletedFinalStateUnknown) {
    changed(ingress, "");
  }

  private void changed(Ingress ingress, String version) {
    router.routeChanged(
        ingress.getMetadata().getNamespace(), ingress.getMetadata().getName(), version);
  }
}

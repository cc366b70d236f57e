package dev.sluice.traffic.nginx;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the watches have shown last, which may be old: fit for a write that names its version. */
@Singleton
class KnownIngresses {

  private volatile List<SharedIndexInformer<Ingress>> informers = List.of();

  /** All at once: none is missing when they are asked whether all is listed. */
  void from(List<SharedIndexInformer<Ingress>> watches) {
    informers = List.copyOf(watches);
  }

  /** Whether all Ingresses were listed once. */
  boolean areSynced() {
    return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  void stop() {
    informers.forEach(SharedIndexInformer::stop);
  }

  Optional<Ingress> find(String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return informers.stream()
        .map(informer -> informer.getIndexer().getByKey(key))
        .filter(Objects::nonNull)
        .findFirst();
  }
}

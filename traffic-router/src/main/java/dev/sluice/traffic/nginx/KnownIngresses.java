package dev.sluice.traffic.nginx;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the watches have shown last, which may be old: fit for a write that names its version. */
@Singleton
class KnownIngresses {

  private final List<SharedIndexInformer<Ingress>> informers = new CopyOnWriteArrayList<>();

  void add(SharedIndexInformer<Ingress> informer) {
    informers.add(informer);
  }

  Optional<Ingress> find(String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return informers.stream()
        .map(informer -> informer.getIndexer().getByKey(key))
        .filter(Objects::nonNull)
        .findFirst();
  }
}

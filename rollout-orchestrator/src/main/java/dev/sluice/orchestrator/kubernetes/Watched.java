package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All objects of one kind in the watched namespaces, never older than our own last write.
 *
 * @param <T> the kind
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {

  private final Class<T> type;
  private final Map<String, Function<T, List<String>>> indexes;
  private final OwnWrites<T> ownWrites;
  private final List<SharedIndexInformer<T>> informers = new ArrayList<>();
  private final List<IndexedItems<T>> shown = new ArrayList<>();
  private volatile KubernetesClient client;

  /**
   * @param indexes by name, from an object to the values under which it is found
   */
  Watched(Class<T> type, Map<String, Function<T, List<String>>> indexes, InstantSource clock) {
    this.type = type;
    this.indexes = indexes;
    this.ownWrites = new OwnWrites<>(clock);
  }

  /**
   * Begins to watch; the watch is renewed for ever.
   *
   * @param namespaces to watch; empty: all, and the only choice for kinds without namespace
   * @param label that objects must have; empty: none
   * @param seen called with each object that came or changed
   * @param echoed called instead where that was our own last write
   * @param gone called with each object that went
   * @param reachability is told when the server cannot be read
   */
  void start(
      KubernetesClient client,
      List<String> namespaces,
      String label,
      Consumer<T> seen,
      Consumer<T> echoed,
      Consumer<T> gone,
      Reachability reachability) {
    this.client = client;
    List<Informable<T>> scopes = new ArrayList<>();
    if (namespaces.isEmpty()) {
      var all = client.resources(type).inAnyNamespace();
      scopes.add(label.isEmpty() ? all : all.withLabel(label));
    }
    for (String namespace : namespaces) {
      var one = client.resources(type).inNamespace(namespace);
      scopes.add(label.isEmpty() ? one : one.withLabel(label));
    }
    for (Informable<T> scope : scopes) {
      SharedIndexInformer<T> informer = scope.runnableInformer(0);
      IndexedItems<T> items = new IndexedItems<>(indexes);
      informer.itemStore(items);
      shown.add(items);
      informer.addEventHandler(new Handler<>(this, seen, echoed, gone));
      informer.exceptionHandler((_, cause) -> {
        reachability.failed(type.getSimpleName(), cause);
        return true;
      });
      informers.add(informer);
      informer.start();
    }
  }

  private record Handler<T extends HasMetadata>(
      Watched<T> watched, Consumer<T> seen, Consumer<T> echoed, Consumer<T> gone)
      implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      (watched.ownWrites.shown(object) ? echoed : seen).accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      if (!before.getMetadata().getUid().equals(object.getMetadata().getUid())) {
        onDelete(before, true);
      }
      onAdd(object);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      watched.ownWrites.gone(object);
      gone.accept(object);
    }
  }

  boolean isSynced() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  Optional<T> find(RolloutKey key) {
    return ownWrites.newest(key, () -> shown(key));
  }

  /**
   * The same, and what is not shown is asked for: what names it may have been shown first, as each
   * kind has a watch of its own.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException where nobody answers
   */
  Optional<T> findOrRead(RolloutKey key) {
    return find(key).or(() -> read(key));
  }

  private Optional<T> read(RolloutKey key) {
    KubernetesClient server = client;
    if (server == null) {
      return Optional.empty();
    }
    T read =
        key.namespace() == null
            ? server.resources(type).withName(key.name()).get()
            : server.resources(type).inNamespace(key.namespace()).withName(key.name()).get();
    return Optional.ofNullable(read);
  }

  private T shown(RolloutKey key) {
    String id = Cache.namespaceKeyFunc(key.namespace(), key.name());
    return shown.stream()
        .map(items -> items.get(id))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  List<T> byIndex(String index, String value) {
    return ownWrites.newest(
        object -> indexes.get(index).apply(object).contains(value),
        () -> shown.stream().flatMap(items -> items.byIndex(index, value).stream()).toList());
  }

  List<T> all() {
    return shown.stream().flatMap(IndexedItems::values).toList();
  }

  void wrote(T object) {
    ownWrites.wrote(object);
  }

  void deleted(T object) {
    ownWrites.deleted(object);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}

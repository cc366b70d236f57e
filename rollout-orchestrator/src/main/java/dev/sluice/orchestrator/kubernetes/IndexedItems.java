package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a watch has shown, by name and by indexes. An object that stays under a value is never
 * missing there, also while it is replaced by a newer one. The client's own indexes take an object
 * out before they put the newer one in, and who reads in between takes it for deleted.
 *
 * <p>One thread writes, any may read.
 *
 * @param <T> the kind
 */
final class IndexedItems<T extends HasMetadata> implements ItemStore<T> {

  private final Map<String, Function<T, List<String>>> indexes;
  private final Map<String, T> items = new ConcurrentHashMap<>();
  private final Map<Place, Set<String>> keys = new ConcurrentHashMap<>();

  private record Place(String index, String value) {}

  /**
   * Creates an empty one.
   *
   * @param indexes by name, from an object to the values under which it is found
   */
  IndexedItems(Map<String, Function<T, List<String>>> indexes) {
    this.indexes = Map.copyOf(indexes);
  }

  /** The objects under a value of an index. */
  List<T> byIndex(String index, String value) {
    return keys.getOrDefault(new Place(index, value), Set.of()).stream()
        .map(items::get)
        .filter(Objects::nonNull)
        // It may be on its way to another value.
        .filter(object -> indexes.get(index).apply(object).contains(value))
        .toList();
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public T put(String key, T object) {
    Set<Place> places = places(object);
    places.forEach(
        place -> keys.computeIfAbsent(place, _ -> ConcurrentHashMap.newKeySet()).add(key));
    T before = items.put(key, object);
    leave(before, places, key);
    return before;
  }

  @Override
  public T remove(String key) {
    T before = items.remove(key);
    leave(before, Set.of(), key);
    return before;
  }

  private void leave(T before, Set<Place> stays, String key) {
    if (before == null) {
      return;
    }
    for (Place place : places(before)) {
      if (!stays.contains(place)) {
        keys.computeIfPresent(place, (_, held) -> held.remove(key) && held.isEmpty() ? null : held);
      }
    }
  }

  private Set<Place> places(T object) {
    Set<Place> places = new HashSet<>();
    indexes.forEach((index, values) ->
        values.apply(object).forEach(value -> places.add(new Place(index, value))));
    return places;
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return items.values().stream();
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public T get(String key) {
    return items.get(key);
  }
}

package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All objects in memory, under one lock and one counter of revisions.
 *
 * <p>A stored object is never changed again: readers may keep it, and nobody may write into it.
 */
public final class ObjectStore {
  // As with etcd, the first revision of interest is not 1: zero and one mean something to clients.
  private static final long FIRST_REVISION = 100;

  private final Map<GroupResource, NavigableMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final History history;
  private long revision = FIRST_REVISION;

  /**
   * @param historySize number of changes that a watch can look back on
   */
  public ObjectStore(int historySize) {
    this.history = new History(historySize, FIRST_REVISION);
  }

  /** Runs work that reads and writes as if nobody else were there. */
  public synchronized <T> T atomically(Supplier<T> work) {
    return work.get();
  }

  public synchronized long revision() {
    return revision;
  }

  public synchronized Optional<ObjectNode> find(GroupResource resource, ObjectKey key) {
    return Optional.ofNullable(of(resource).get(key));
  }

  /**
   * The objects of a kind in order of namespace and name.
   *
   * @param namespace empty for all namespaces
   */
  public synchronized List<ObjectNode> list(GroupResource resource, String namespace) {
    if (namespace.isEmpty()) {
      return List.copyOf(of(resource).values());
    }
    Collection<ObjectNode> inNamespace =
        of(resource)
            .subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + "\0", ""))
            .values();
    return List.copyOf(inNamespace);
  }

  /**
   * The same as it was at a revision.
   *
   * @throws dev.sluice.devkit.kubernetes.object.ApiError Expired, where that is forgotten
   */
  public synchronized List<ObjectNode> list(
      GroupResource resource, String namespace, long revision) {
    if (revision == this.revision) {
      return list(resource, namespace);
    }
    NavigableMap<ObjectKey, ObjectNode> then = new TreeMap<>(of(resource));
    for (Change change : history.after(revision).reversed()) {
      if (change.resource().equals(resource)) {
        change
            .before()
            .ifPresentOrElse(
                before -> then.put(change.key(), before), () -> then.remove(change.key()));
      }
    }
    return then.values().stream()
        .filter(object -> namespace.isEmpty() || ObjectKey.of(object).namespace().equals(namespace))
        .toList();
  }

  /** Stores an object, new or changed, and stamps it with the next revision. */
  synchronized ObjectNode put(GroupResource resource, ObjectNode object) {
    ObjectKey key = ObjectKey.of(object);
    ObjectNode stored = stamp(object);
    Optional<ObjectNode> before = Optional.ofNullable(of(resource).put(key, stored));
    Change.Type type = before.isPresent() ? Change.Type.MODIFIED : Change.Type.ADDED;
    publish(new Change(revision, type, resource, key, stored, before));
    return stored;
  }

  /** Takes an object away; what is returned and watched is its last state at the new revision. */
  synchronized ObjectNode remove(GroupResource resource, ObjectNode last) {
    ObjectKey key = ObjectKey.of(last);
    Optional<ObjectNode> before = Optional.ofNullable(of(resource).remove(key));
    ObjectNode gone = stamp(last);
    publish(new Change(revision, Change.Type.DELETED, resource, key, gone, before));
    return gone;
  }

  /**
   * Hands over every change after a revision, those of the past first, without gap or repetition.
   * The listener is called under the store's lock: it must only pass on.
   *
   * @return ends it
   */
  public synchronized Runnable listen(long after, Consumer<Change> listener) {
    history.after(after).forEach(listener);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private ObjectNode stamp(ObjectNode object) {
    ObjectNode stamped = object.deepCopy();
    revision++;
    Json.child(stamped, "metadata").put("resourceVersion", Long.toString(revision));
    return stamped;
  }

  private void publish(Change change) {
    history.add(change);
    listeners.forEach(listener -> listener.accept(change));
  }

  private NavigableMap<ObjectKey, ObjectNode> of(GroupResource resource) {
    return objects.computeIfAbsent(resource, none -> new TreeMap<>());
  }
}

package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.rules.Propagation;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Collects what is left over: objects without owner, and the contents of deleted namespaces. It
 * works behind the writes on a thread of its own, as the real collector does, so that no client can
 * lean on it being immediate.
 */
public final class Janitor implements AutoCloseable {
  private final ObjectStore store;
  private final Writer writer;
  private final KindRegistry kinds;
  private final OwnerGraph owners = new OwnerGraph();
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Runnable stopListening;
  private final Thread thread;

  private Janitor(ObjectStore store, Writer writer, KindRegistry kinds) {
    this.store = store;
    this.writer = writer;
    this.kinds = kinds;
    this.stopListening = store.listen(store.revision(), changes::add);
    this.thread = Thread.ofVirtual().name("kubernetes-janitor").unstarted(this::run);
  }

  /** Starts on a store that holds nothing yet: it must see every object come. */
  public static Janitor start(ObjectStore store, Writer writer, KindRegistry kinds) {
    Janitor janitor = new Janitor(store, writer, kinds);
    janitor.thread.start();
    return janitor;
  }

  @Override
  public void close() {
    stopListening.run();
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        follow(changes.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Change change) {
    owners.follow(change).forEach(this::perform);
    boolean namespace = change.resource().equals(BuiltInKinds.NAMESPACE.resource());
    emptyNamespace(namespace ? change.key().name() : change.key().namespace());
  }

  private void perform(OwnerGraph.Task task) {
    OwnerGraph.Node node = task.node();
    Kind kind = kinds.find(node.resource()).orElse(null);
    if (kind == null) {
      return; // its definition went, and took it along
    }
    Preconditions itself = new Preconditions(node.uid(), "");
    switch (task) {
      case OwnerGraph.Collect(var _, Propagation propagation) ->
          delete(kind, node.key(), DeleteOptions.of(itself, propagation));
      case OwnerGraph.Disown(var _, Set<String> gone) ->
          change(
              kind,
              node.key(),
              itself,
              object ->
                  without(
                      object, "ownerReferences", owner -> gone.contains(Json.text(owner, "/uid"))));
      case OwnerGraph.Release(var _, String finalizer) ->
          change(
              kind,
              node.key(),
              itself,
              object -> without(object, "finalizers", name -> name.asText().equals(finalizer)));
    }
  }

  private static ObjectNode without(ObjectNode object, String list, Predicate<JsonNode> gone) {
    ObjectNode metadata = Json.child(object, "metadata");
    ArrayNode kept = Json.array();
    Json.items(metadata.path(list)).stream().filter(gone.negate()).forEach(kept::add);
    if (kept.isEmpty()) {
      metadata.remove(list);
    } else {
      metadata.set(list, kept);
    }
    return object;
  }

  private void emptyNamespace(String name) {
    ObjectKey key = new ObjectKey("", name);
    boolean deleted =
        store
            .find(BuiltInKinds.NAMESPACE.resource(), key)
            .filter(namespace -> namespace.path("metadata").has("deletionTimestamp"))
            .isPresent();
    if (!deleted) {
      return;
    }
    boolean empty = true;
    for (Kind kind : kinds.all()) {
      if (kind.namespaced()) {
        for (ObjectNode object : store.list(kind.resource(), name)) {
          delete(kind, ObjectKey.of(object), DeleteOptions.NONE);
        }
        empty &= store.list(kind.resource(), name).isEmpty();
      }
    }
    if (empty) {
      release(key);
    }
  }

  private void release(ObjectKey namespace) {
    change(
        BuiltInKinds.NAMESPACE,
        namespace,
        Preconditions.NONE,
        object -> {
          Json.child(object, "spec").remove("finalizers");
          return object;
        });
  }

  private void change(
      Kind kind, ObjectKey key, Preconditions seen, UnaryOperator<ObjectNode> change) {
    try {
      writer.update(kind, key, Writer.Part.MAIN, seen, change, WriteOptions.SERVER);
    } catch (ApiError gone) {
      // Somebody else finished it.
    }
  }

  private void delete(Kind kind, ObjectKey key, DeleteOptions options) {
    try {
      writer.delete(kind, key, options);
    } catch (ApiError gone) {
      // Deleted meanwhile, or another object has its name now: both are what was wanted.
    }
  }
}

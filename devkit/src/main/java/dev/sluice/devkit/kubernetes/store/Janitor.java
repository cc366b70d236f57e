package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

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
    for (OwnerGraph.Orphan orphan : owners.follow(change)) {
      kinds
          .find(orphan.resource())
          .ifPresent(kind -> delete(kind, orphan.key(), new Preconditions(orphan.uid(), "")));
    }
    boolean namespace = change.resource().equals(BuiltInKinds.NAMESPACE.resource());
    emptyNamespace(namespace ? change.key().name() : change.key().namespace());
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
          delete(kind, ObjectKey.of(object), Preconditions.NONE);
        }
        empty &= store.list(kind.resource(), name).isEmpty();
      }
    }
    if (empty) {
      release(key);
    }
  }

  private void release(ObjectKey namespace) {
    try {
      writer.update(
          BuiltInKinds.NAMESPACE,
          namespace,
          Writer.Part.MAIN,
          Preconditions.NONE,
          object -> {
            Json.child(object, "spec").remove("finalizers");
            return object;
          },
          FieldValidation.IGNORE);
    } catch (ApiError gone) {
      // Somebody else finished it.
    }
  }

  private void delete(Kind kind, ObjectKey key, Preconditions preconditions) {
    try {
      writer.delete(kind, key, preconditions, OptionalLong.empty());
    } catch (ApiError gone) {
      // Deleted meanwhile, or another object has its name now: both are what was wanted.
    }
  }
}

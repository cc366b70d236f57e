package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.Change;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.WatchView;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** One running watch: from the store's changes to the client's lines, in the store's order. */
final class Watch {
  private final ObjectStore store;
  private final Identities identities;
  private final Context context;
  private final WatchView view;
  private final Representation as;
  private final String includeObject;
  private final List<Runnable> cleanups = new ArrayList<>();
  private WatchSink sink;
  private boolean ended;

  Watch(
      ObjectStore store, Identities identities, Context context, WatchView view, Request request) {
    this.store = store;
    this.identities = identities;
    this.context = context;
    this.view = view;
    this.as = Representation.of(request.header("Accept"));
    this.includeObject = request.option("includeObject");
  }

  /** What a request wants from its watch. */
  record Start(long after, boolean stateFirst, boolean markEndOfState) {
    /** Without a version, or with 0, the present objects come first, each as ADDED. */
    static Start of(Request request) {
      long asked = Versions.asked(request);
      if (request.flag("sendInitialEvents")) {
        if (!request.option("resourceVersionMatch").equals("NotOlderThan")) {
          throw ApiError.badRequest("sendInitialEvents requires resourceVersionMatch=NotOlderThan");
        }
        return new Start(asked, true, true);
      }
      return new Start(asked, asked == 0, false);
    }
  }

  /** Runs on the context's thread from here on. */
  void start(WatchSink target, Start start) {
    this.sink = target;
    target.onClosed(closed -> stop());
    try {
      store.atomically(() -> subscribe(start));
    } catch (ApiError refused) {
      // A watch that has begun can only tell its error as an event.
      write("ERROR", refused.status());
      end();
    }
  }

  /** Tells the client up to where it has seen everything. */
  void bookmark() {
    // Under the lock, so that no change up to that revision can queue up behind the mark.
    store.atomically(() -> {
      ObjectNode mark = bookmark(store.revision(), false);
      later(() -> write("BOOKMARK", mark));
      return null;
    });
  }

  /** Ends the stream; the client is expected to come back. */
  void end() {
    if (!ended) {
      stop();
      sink.end();
    }
  }

  /** Ends the stream after everything that is on its way, from any thread. */
  void endLater() {
    later(this::end);
  }

  void onStop(Runnable cleanup) {
    cleanups.add(cleanup);
  }

  private Void subscribe(Start start) {
    long after = start.after();
    if (start.stateFirst()) {
      after = store.revision();
      for (ObjectNode object : store.list(view.kind().resource(), view.namespace())) {
        if (view.selector().test(object)) {
          later(() -> write(Change.Type.ADDED.name(), shown(view.kind().present(object))));
        }
      }
    }
    if (start.markEndOfState()) {
      ObjectNode mark = bookmark(after, true);
      later(() -> write("BOOKMARK", mark));
    }
    onStop(store.listen(after, this::pass));
    return null;
  }

  /** Called under the store's lock, by whoever writes. */
  private void pass(Change change) {
    view.see(change)
        .ifPresent(event -> later(() -> write(event.type().name(), shown(event.object()))));
  }

  private void later(Runnable write) {
    context.runOnContext(now -> {
      if (!ended) {
        write.run();
      }
    });
  }

  private void write(String type, ObjectNode object) {
    if (sink.isFull()) {
      // As the real server does: a reader who cannot keep up is cut off and lists again.
      end();
      return;
    }
    ObjectNode event = Json.object().put("type", type);
    event.set("object", object);
    sink.write(event);
  }

  private ObjectNode shown(ObjectNode object) {
    return (ObjectNode) as.one(view.kind(), object, includeObject, identities.now());
  }

  private ObjectNode bookmark(long revision, boolean endOfState) {
    Kind kind = view.kind();
    ObjectNode object = Json.object().put("kind", kind.name()).put("apiVersion", kind.apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
    if (endOfState) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return object;
  }

  private void stop() {
    if (!ended) {
      ended = true;
      cleanups.forEach(Runnable::run);
    }
  }
}

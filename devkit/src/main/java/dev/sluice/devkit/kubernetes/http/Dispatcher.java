package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.Writer;
import java.util.List;
import java.util.Set;

/** Finds out what a request is about and hands it to whoever answers that. */
final class Dispatcher {
  /** Kubernetes has these for some kinds; here nobody plays them. */
  private static final Set<String> NOT_BUILT =
      Set.of(
          "log",
          "exec",
          "attach",
          "portforward",
          "proxy",
          "ephemeralcontainers",
          "resize",
          "finalize",
          "token",
          "approval");

  private final KindRegistry kinds;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final ReadHandler reads;
  private final WriteHandler writes;
  private final DeleteHandler deletes;
  private final PodActions pods;

  Dispatcher(ObjectStore store, Writer writer, KindRegistry kinds, Identities identities) {
    this.kinds = kinds;
    this.discovery = new Discovery(kinds);
    this.openApi = new OpenApi(kinds);
    this.reads = new ReadHandler(store, writer, identities);
    this.writes = new WriteHandler(writer, identities, new ObjectQuotas(store));
    this.deletes = new DeleteHandler(store, writer, identities);
    this.pods = new PodActions(store, writer, identities);
  }

  /** The kind that an address names; refuses addresses that lead nowhere. */
  Kind kind(Target target, String path) {
    Kind kind =
        kinds
            .find(target.group(), target.version(), target.plural())
            .orElseThrow(() -> ApiError.unknownPath(path));
    String subresource = target.subresource();
    if (!subresource.isEmpty() && !kind.subresources().contains(subresource)) {
      throw NOT_BUILT.contains(subresource)
          ? ApiError.notBuilt("the subresource " + subresource)
          : ApiError.unknownPath(path);
    }
    if (!kind.namespaced() && !target.namespace().isEmpty()) {
      throw ApiError.unknownPath(path);
    }
    return kind;
  }

  /** Answers everything but watches. */
  Reply answer(Request request) {
    Target target = Target.parse(request.path()).orElse(null);
    if (target == null) {
      return about(request);
    }
    if (target.plural().equals(Discovery.REVIEWS)
        && target.group().equals(Discovery.REVIEW_GROUP)) {
      return review(request);
    }
    Kind kind = kind(target, request.path());
    QueryOptions.check(request);
    return switch (Verb.of(request, target)) {
      case GET -> reads.get(request, target, kind);
      case LIST -> reads.list(request, target, kind);
      case CREATE -> create(request, target, kind);
      case UPDATE -> writes.update(request, onObject(request, target), kind);
      case PATCH -> writes.patch(request, onObject(request, target), kind);
      case DELETE -> deletes.one(request, onWholeObject(request, target), kind);
      case DELETECOLLECTION -> deletes.collection(request, target, kind);
      case WATCH -> throw new IllegalArgumentException("watches are answered as streams");
    };
  }

  private Reply create(Request request, Target target, Kind kind) {
    return target.isCollection()
        ? writes.create(request, target, kind)
        : pods.create(request, target, kind);
  }

  private static Target onObject(Request request, Target target) {
    if (target.isCollection()) {
      throw ApiError.methodNotAllowed(request.method(), request.path());
    }
    return target;
  }

  private static Target onWholeObject(Request request, Target target) {
    if (!target.subresource().isEmpty()) {
      throw ApiError.methodNotAllowed(request.method(), request.path());
    }
    return target;
  }

  private Reply about(Request request) {
    if (!request.method().equals("GET")) {
      throw ApiError.methodNotAllowed(request.method(), request.path());
    }
    return switch (request.path()) {
      case "/healthz", "/livez", "/readyz" -> Reply.ok(Json.object().put("status", "ok"));
      default ->
          discovery
              .at(request.path())
              .or(() -> openApi.at(request.path()))
              .map(Reply::ok)
              .orElseThrow(() -> ApiError.unknownPath(request.path()));
    };
  }

  /** Nobody is refused anything here, and whoever asks is told so. */
  private static Reply review(Request request) {
    if (!request.method().equals("POST")) {
      throw ApiError.methodNotAllowed(request.method(), request.path());
    }
    ObjectNode review = request.object();
    review.putObject("status").put("allowed", true).put("reason", "the devkit allows everything");
    return new Reply(201, review, List.of());
  }
}

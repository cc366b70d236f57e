package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.ScaleView;
import dev.sluice.devkit.kubernetes.store.Writer;
import java.util.List;
import java.util.function.Predicate;

/** Answers get and list. */
final class ReadHandler {
  private final ObjectStore store;
  private final Writer writer;
  private final Identities identities;

  ReadHandler(ObjectStore store, Writer writer, Identities identities) {
    this.store = store;
    this.writer = writer;
    this.identities = identities;
  }

  Reply get(Request request, Target target, Kind kind) {
    Representation as = Representation.of(request.header("Accept"));
    ObjectNode object = kind.present(writer.get(kind, target.key()));
    return switch (target.subresource()) {
      case "", "status" ->
          Reply.ok(as.one(kind, object, request.option("includeObject"), identities.now()));
      case "scale" -> Reply.ok(ScaleView.of(kind, object));
      default -> throw ApiError.methodNotAllowed("GET", request.path());
    };
  }

  Reply list(Request request, Target target, Kind kind) {
    Representation as = Representation.of(request.header("Accept"));
    Predicate<JsonNode> selection = Selection.of(request, kind);
    return store.atomically(() -> {
      Paging paging = paging(request, target);
      long version = paging.isOfNow() ? store.revision() : paging.version();
      List<ObjectNode> rest =
          at(version, paging, kind, target).stream()
              .filter(object -> ObjectKey.of(object).compareTo(paging.after()) > 0)
              .filter(selection)
              .toList();
      List<ObjectNode> page = rest.subList(0, Math.min(rest.size(), limit(request)));
      String include = request.option("includeObject");
      JsonNode list =
          as.list(
              kind,
              page.stream().map(kind::present).toList(),
              Long.toString(version),
              include,
              identities.now());
      if (page.size() < rest.size()) {
        ObjectNode metadata = (ObjectNode) list.path("metadata");
        Paging next = new Paging(version, ObjectKey.of(page.getLast()));
        metadata.put("continue", next.token(target.namespace()));
        if (Selection.isEmpty(request)) {
          metadata.put("remainingItemCount", rest.size() - page.size());
        }
      }
      return Reply.ok(list);
    });
  }

  private Paging paging(Request request, Target target) {
    String token = request.option("continue");
    if (token.isEmpty()) {
      return Paging.first(Versions.readable(request, store.revision()));
    }
    if (!List.of("", "0").contains(request.option("resourceVersion"))) {
      throw ApiError.badRequest("specifying resource version is not allowed when using continue");
    }
    return Paging.parse(token, target.namespace());
  }

  private List<ObjectNode> at(long version, Paging paging, Kind kind, Target target) {
    try {
      return store.list(kind.resource(), target.namespace(), version);
    } catch (ApiError forgotten) {
      throw paging.after().name().isEmpty()
          ? forgotten
          : ApiError.expiredPage(paging.now().token(target.namespace()));
    }
  }

  private static int limit(Request request) {
    String limit = request.option("limit");
    try {
      int wanted = limit.isEmpty() ? 0 : Integer.parseInt(limit);
      return wanted > 0 ? wanted : Integer.MAX_VALUE;
    } catch (NumberFormatException unreadable) {
      throw ApiError.badRequest("limit must be a whole number: " + limit);
    }
  }
}

package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
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
      long revision = store.revision();
      Versions.checkReadable(request, revision);
      List<ObjectNode> objects =
          store.list(kind.resource(), target.namespace()).stream()
              .filter(selection)
              .map(kind::present)
              .toList();
      String version = Long.toString(revision);
      String include = request.option("includeObject");
      return Reply.ok(as.list(kind, objects, version, include, identities.now()));
    });
  }
}

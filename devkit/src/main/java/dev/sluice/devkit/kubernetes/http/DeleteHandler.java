package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.store.DeleteOptions;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.Writer;
import java.util.List;
import java.util.function.Predicate;

/** Answers delete, of one object and of a collection. */
final class DeleteHandler {
  private final ObjectStore store;
  private final Writer writer;
  private final Identities identities;

  DeleteHandler(ObjectStore store, Writer writer, Identities identities) {
    this.store = store;
    this.writer = writer;
    this.identities = identities;
  }

  Reply one(Request request, Target target, Kind kind) {
    DeleteOptions options = DeleteRequest.options(request);
    Writer.Deleted deleted = writer.delete(kind, target.key(), options);
    boolean showsObject = !deleted.gone() || kind.is(Trait.RETURNS_DELETED);
    return Reply.ok(showsObject ? kind.present(deleted.object()) : success(kind, deleted.object()));
  }

  Reply collection(Request request, Target target, Kind kind) {
    DeleteOptions options = DeleteRequest.options(request);
    Predicate<JsonNode> selection = Selection.of(request, kind);
    return store.atomically(() -> {
      List<ObjectNode> deleted =
          store.list(kind.resource(), target.namespace()).stream()
              .filter(selection)
              .map(ObjectKey::of)
              .map(key -> writer.delete(kind, key, options))
              .map(Writer.Deleted::object)
              .toList();
      String version = Long.toString(store.revision());
      return Reply.ok(Representation.PLAIN.list(kind, deleted, version, "", identities.now()));
    });
  }

  private static ObjectNode success(Kind kind, ObjectNode gone) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details");
    details.put("name", Json.text(gone, "/metadata/name"));
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.resource().plural()).put("uid", Json.text(gone, "/metadata/uid"));
    return status;
  }
}

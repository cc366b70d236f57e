package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ScaleView;
import dev.sluice.devkit.kubernetes.store.WriteOptions;
import dev.sluice.devkit.kubernetes.store.Writer;
import dev.sluice.devkit.kubernetes.store.Written;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers create, update and patch. */
final class WriteHandler {
  private final Writer writer;
  private final Identities identities;
  private final ObjectQuotas quotas;

  WriteHandler(Writer writer, Identities identities, ObjectQuotas quotas) {
    this.quotas = quotas;
    this.writer = writer;
    this.identities = identities;
  }

  Reply create(Request request, Target target, Kind kind) {
    if (kind.namespaced() && target.namespace().isEmpty()) {
      throw ApiError.methodNotAllowed("POST", request.path());
    }
    ObjectNode body = kind.stored(request.object());
    WriteOptions options = WriteRequest.options(request, "");
    quotas.check(kind.storage().resource(), target.namespace(), body);
    return reply(request, kind, writer.create(kind.storage(), target.namespace(), body, options));
  }

  Reply update(Request request, Target target, Kind kind) {
    ObjectNode body = request.object();
    WriteOptions options = WriteRequest.options(request, target.subresource());
    if (target.subresource().equals("scale")) {
      return scale(target, kind, object -> ScaleView.apply(kind, object, body), options);
    }
    Writer.Part part = part(request, target);
    ObjectNode stored = kind.stored(body);
    return reply(
        request, kind, writer.replace(kind.storage(), target.key(), part, stored, options));
  }

  Reply patch(Request request, Target target, Kind kind) {
    if (WriteRequest.isApply(request)) {
      return apply(request, target, kind);
    }
    PatchType type = PatchType.of(request.header("Content-Type"), kind);
    WriteOptions options = WriteRequest.patchOptions(request, target.subresource());
    JsonNode patch = Json.read(request.body());
    if (target.subresource().equals("scale")) {
      return scale(
          target,
          kind,
          object ->
              ScaleView.apply(
                  kind, object, type.apply(ScaleView.of(kind, object), patch, ScaleView.SCHEMA)),
          options);
    }
    Written written =
        writer.update(
            kind.storage(),
            target.key(),
            part(request, target),
            Preconditions.NONE,
            old -> kind.stored(type.apply(kind.present(old), patch, kind.wholeSchema())),
            options);
    return reply(request, kind, written);
  }

  private Reply apply(Request request, Target target, Kind kind) {
    ObjectNode applied = WriteRequest.applied(request);
    WriteOptions options = WriteRequest.options(request, target.subresource()).asApply();
    boolean force = request.flag("force");
    Writer.Part part = part(request, target);
    return reply(request, kind, writer.apply(kind, target.key(), part, applied, force, options));
  }

  private static Writer.Part part(Request request, Target target) {
    return switch (target.subresource()) {
      case "" -> Writer.Part.MAIN;
      case "status" -> Writer.Part.STATUS;
      default -> throw ApiError.methodNotAllowed(request.method(), request.path());
    };
  }

  private Reply scale(
      Target target, Kind kind, UnaryOperator<ObjectNode> change, WriteOptions options) {
    Written written =
        writer.update(kind, target.key(), Writer.Part.MAIN, Preconditions.NONE, change, options);
    return Reply.ok(ScaleView.of(kind, written.object()));
  }

  private Reply reply(Request request, Kind kind, Written written) {
    Representation as = Representation.of(request.header("Accept"));
    ObjectNode object = kind.present(written.object());
    JsonNode body = as.one(kind, object, request.option("includeObject"), identities.now());
    return new Reply(written.created() ? 201 : 200, body, List.copyOf(written.warnings()));
  }
}

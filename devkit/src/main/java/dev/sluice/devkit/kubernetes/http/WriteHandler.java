package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.Patches;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.store.FieldValidation;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ScaleView;
import dev.sluice.devkit.kubernetes.store.Writer;
import dev.sluice.devkit.kubernetes.store.Written;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers create, update and patch. */
final class WriteHandler {
  private final Writer writer;
  private final Identities identities;

  WriteHandler(Writer writer, Identities identities) {
    this.writer = writer;
    this.identities = identities;
  }

  Reply create(Request request, Target target, Kind kind) {
    if (kind.namespaced() && target.namespace().isEmpty()) {
      throw ApiError.methodNotAllowed("POST", request.path());
    }
    FieldValidation validation = FieldValidation.of(request.option("fieldValidation"));
    Written written = writer.create(kind, target.namespace(), request.object(), validation);
    return reply(request, kind, written);
  }

  Reply update(Request request, Target target, Kind kind) {
    FieldValidation validation = FieldValidation.of(request.option("fieldValidation"));
    ObjectNode body = request.object();
    return switch (target.subresource()) {
      case "" ->
          reply(
              request,
              kind,
              writer.replace(kind, target.key(), Writer.Part.MAIN, body, validation));
      case "status" ->
          reply(
              request,
              kind,
              writer.replace(kind, target.key(), Writer.Part.STATUS, body, validation));
      case "scale" -> scale(target, kind, object -> ScaleView.apply(kind, object, body));
      default -> throw ApiError.methodNotAllowed("PUT", request.path());
    };
  }

  Reply patch(Request request, Target target, Kind kind) {
    Patches type = Patches.of(request.header("Content-Type"));
    FieldValidation validation = FieldValidation.of(request.option("fieldValidation"));
    JsonNode patch = Json.read(request.body());
    return switch (target.subresource()) {
      case "" ->
          reply(
              request,
              kind,
              change(target, kind, Writer.Part.MAIN, o -> type.apply(o, patch), validation));
      case "status" ->
          reply(
              request,
              kind,
              change(target, kind, Writer.Part.STATUS, o -> type.apply(o, patch), validation));
      case "scale" ->
          scale(
              target,
              kind,
              object ->
                  ScaleView.apply(kind, object, type.apply(ScaleView.of(kind, object), patch)));
      default -> throw ApiError.methodNotAllowed("PATCH", request.path());
    };
  }

  private Reply scale(Target target, Kind kind, UnaryOperator<ObjectNode> change) {
    Written written = change(target, kind, Writer.Part.MAIN, change, FieldValidation.IGNORE);
    return Reply.ok(ScaleView.of(kind, written.object()));
  }

  private Written change(
      Target target,
      Kind kind,
      Writer.Part part,
      UnaryOperator<ObjectNode> change,
      FieldValidation validation) {
    return writer.update(kind, target.key(), part, Preconditions.NONE, change, validation);
  }

  private Reply reply(Request request, Kind kind, Written written) {
    Representation as = Representation.of(request.header("Accept"));
    ObjectNode object = kind.present(written.object());
    JsonNode body = as.one(kind, object, request.option("includeObject"), identities.now());
    return new Reply(written.created() ? 201 : 200, body, List.copyOf(written.warnings()));
  }
}

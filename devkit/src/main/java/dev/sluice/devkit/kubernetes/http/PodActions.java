package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.rules.Propagation;
import dev.sluice.devkit.kubernetes.store.DeleteOptions;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.WriteOptions;
import dev.sluice.devkit.kubernetes.store.Writer;
import java.util.List;
import java.util.OptionalLong;

/** The subresources of a pod that do something: binding to a node, and eviction. */
final class PodActions {
  private final Writer writer;
  private final Identities identities;
  private final DisruptionBudgets budgets;

  PodActions(ObjectStore store, Writer writer, Identities identities) {
    this.budgets = new DisruptionBudgets(store);
    this.writer = writer;
    this.identities = identities;
  }

  Reply create(Request request, Target target, Kind kind) {
    ObjectNode body = request.object();
    return switch (target.subresource()) {
      case "binding" -> bind(target, kind, Json.text(body, "/target/name"));
      case "eviction" -> evict(target, kind, body);
      default -> throw ApiError.methodNotAllowed("POST", request.path());
    };
  }

  private Reply bind(Target target, Kind kind, String node) {
    if (node.isEmpty()) {
      throw ApiError.badRequest("target.name: Required value");
    }
    writer.update(
        kind,
        target.key(),
        Writer.Part.WHOLE,
        Preconditions.NONE,
        pod -> bound(pod, target, kind, node),
        WriteOptions.SERVER);
    return new Reply(201, success(), List.of());
  }

  private ObjectNode bound(ObjectNode pod, Target target, Kind kind, String node) {
    String present = Json.text(pod, "/spec/nodeName");
    if (!present.isEmpty()) {
      throw ApiError.conflict(
          kind.resource(),
          target.name(),
          "pod %s is already assigned to node \"%s\"".formatted(target.name(), present));
    }
    Json.child(pod, "spec").put("nodeName", node);
    Json.child(pod, "status")
        .withArray("conditions")
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .put("lastTransitionTime", Json.time(identities.now()));
    return pod;
  }

  private Reply evict(Target target, Kind kind, ObjectNode eviction) {
    if (!Json.text(eviction, "/metadata/name").equals(target.name())) {
      throw ApiError.badRequest("name in URL does not match name in Eviction object");
    }
    budgets.check(writer.get(kind, target.key()));
    ObjectNode options = Json.child(eviction, "deleteOptions");
    OptionalLong grace =
        options.has("gracePeriodSeconds")
            ? OptionalLong.of(options.get("gracePeriodSeconds").asLong())
            : OptionalLong.empty();
    writer.delete(
        kind,
        target.key(),
        new DeleteOptions(Preconditions.NONE, grace, Propagation.UNSAID, false));
    return new Reply(201, success(), List.of());
  }

  private static ObjectNode success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }
}

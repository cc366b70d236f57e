package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.CustomKinds;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.Instant;
import java.util.List;

/** Keeps the served kinds equal to the CustomResourceDefinitions that are stored. */
public final class Definitions {
  private final ObjectStore store;
  private final KindRegistry kinds;

  public Definitions(ObjectStore store, KindRegistry kinds) {
    this.store = store;
    this.kinds = kinds;
  }

  /** A definition is checked and accepted in the write that brings it. */
  void beforeWrite(Kind kind, ObjectNode object, Instant now) {
    if (kind.equals(BuiltInKinds.DEFINITION)) {
      CustomKinds.check(object);
      kinds.refuseBuiltIn(resource(object));
      accept(object, now);
    }
  }

  void afterWrite(Kind kind, ObjectNode object) {
    if (kind.equals(BuiltInKinds.DEFINITION)) {
      kinds.replace(resource(object), CustomKinds.of(object));
    }
  }

  /** The objects of a kind go with its definition. */
  void afterRemoval(Kind kind, ObjectNode object) {
    if (kind.equals(BuiltInKinds.DEFINITION)) {
      GroupResource resource = resource(object);
      store.list(resource, "").forEach(instance -> store.remove(resource, instance));
      kinds.replace(resource, List.of());
    }
  }

  private static void accept(ObjectNode definition, Instant now) {
    ObjectNode status = Json.child(definition, "status");
    status.set("acceptedNames", definition.at("/spec/names").deepCopy());
    ArrayNode stored = status.putArray("storedVersions");
    for (JsonNode version : definition.at("/spec/versions")) {
      if (version.path("storage").asBoolean(false)) {
        stored.add(version.path("name").asText());
      }
    }
    if (status.path("conditions").isEmpty()) {
      ArrayNode conditions = status.putArray("conditions");
      condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", now);
      condition(
          conditions,
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted",
          now);
    }
  }

  private static void condition(
      ArrayNode conditions, String type, String reason, String message, Instant now) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", Json.time(now))
        .put("reason", reason)
        .put("message", message);
  }

  private static GroupResource resource(ObjectNode definition) {
    return new GroupResource(
        Json.text(definition, "/spec/group"), Json.text(definition, "/spec/names/plural"));
  }
}

package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which parts of a stored object a write may change. */
public final class UpdateRule {
  /** Belongs to the server: no write changes it. */
  private static final List<String> FIXED =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private static final Set<String> NEITHER_SPEC =
      Set.of("metadata", "status", "apiVersion", "kind");
  private static final Set<String> METADATA_ONLY = Set.of("metadata", "apiVersion", "kind");

  private UpdateRule() {}

  /** A write of the object itself; works in place on the wanted object. */
  public static void prepare(Kind kind, ObjectNode old, ObjectNode wanted) {
    keepFixed(old, wanted);
    if (kind.hasStatus()) {
      Json.put(wanted, "status", old.path("status"));
    }
    BuiltInDefaults.carryOver(kind, old, wanted);
    if (kind.is(Trait.GENERATION) && bumps(kind, old, wanted)) {
      long generation = old.at("/metadata/generation").asLong(0);
      Json.child(wanted, "metadata").put("generation", generation + 1);
    }
  }

  /** A write of the status subresource: everything else stays as it was. */
  public static void prepareStatus(Kind kind, ObjectNode old, ObjectNode wanted) {
    JsonNode status = wanted.path("status");
    JsonNode labels = wanted.at("/metadata/labels");
    JsonNode annotations = wanted.at("/metadata/annotations");
    JsonNode managed = wanted.at("/metadata/managedFields");
    wanted.removeAll();
    wanted.setAll(old.deepCopy());
    Json.put(wanted, "status", status);
    Json.put(Json.child(wanted, "metadata"), "managedFields", managed);
    if (!kind.is(Trait.CUSTOM)) {
      // The real server lets a status write of a built-in kind through to these two.
      ObjectNode metadata = Json.child(wanted, "metadata");
      Json.put(metadata, "annotations", annotations);
      if (!kind.is(Trait.STATUS_KEEPS_LABELS)) {
        Json.put(metadata, "labels", labels);
      }
    }
  }

  private static void keepFixed(ObjectNode old, ObjectNode wanted) {
    ObjectNode metadata = Json.child(wanted, "metadata");
    for (String field : FIXED) {
      Json.put(metadata, field, old.path("metadata").path(field));
    }
  }

  /**
   * Whether the write changes what is wanted. The status of a kind with a status subresource was
   * put back before, so for custom kinds all but metadata counts; without a status subresource that
   * includes the status.
   */
  private static boolean bumps(Kind kind, ObjectNode old, ObjectNode wanted) {
    Set<String> ignored = kind.is(Trait.CUSTOM) ? METADATA_ONLY : NEITHER_SPEC;
    boolean changed = !Json.same(without(old, ignored), without(wanted, ignored));
    return changed
        || (kind.is(Trait.COUNTS_ANNOTATIONS)
            && !Json.same(old.at("/metadata/annotations"), wanted.at("/metadata/annotations")));
  }

  private static ObjectNode without(ObjectNode object, Set<String> ignored) {
    ObjectNode rest = Json.object();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!ignored.contains(field.getKey())) {
        rest.set(field.getKey(), field.getValue());
      }
    }
    return rest;
  }
}

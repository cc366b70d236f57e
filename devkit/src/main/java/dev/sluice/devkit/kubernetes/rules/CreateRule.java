package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.Instant;
import java.util.List;

/** What a new object is given, and what it may not bring. */
public final class CreateRule {
  private CreateRule() {}

  /** Works in place on a decoded object. */
  public static void prepare(Kind kind, ObjectNode object, String uid, Instant now) {
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"));
    metadata.put("uid", uid).put("creationTimestamp", Json.time(now));
    if (kind.is(Trait.GENERATION)) {
      metadata.put("generation", 1);
    }
    if (kind.hasStatus()) {
      object.remove("status");
    }
    BuiltInDefaults.initialStatus(kind, object);
  }
}

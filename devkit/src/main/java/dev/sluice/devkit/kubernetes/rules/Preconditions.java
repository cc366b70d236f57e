package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;

/**
 * What a write says it has seen.
 *
 * @param uid empty: any
 * @param resourceVersion empty: any
 */
public record Preconditions(String uid, String resourceVersion) {
  public static final Preconditions NONE = new Preconditions("", "");

  /** What an object that is written back carries. */
  public static Preconditions carriedBy(ObjectNode wanted) {
    return new Preconditions(
        Json.text(wanted, "/metadata/uid"), Json.text(wanted, "/metadata/resourceVersion"));
  }

  /** Refuses with a Conflict where the stored object is not the one that was seen. */
  public void check(Kind kind, ObjectNode stored) {
    String name = Json.text(stored, "/metadata/name");
    String actual = Json.text(stored, "/metadata/uid");
    if (!uid.isEmpty() && !uid.equals(actual)) {
      throw ApiError.conflict(
          kind.resource(),
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, actual));
    }
    if (!resourceVersion.isEmpty()
        && !resourceVersion.equals(Json.text(stored, "/metadata/resourceVersion"))) {
      throw ApiError.modified(kind.resource(), name);
    }
  }

  /** Some kinds may only be replaced by somebody who says which version was read. */
  public void requireVersion(Kind kind, String name) {
    if (resourceVersion.isEmpty() && !kind.is(Trait.UNCONDITIONAL_UPDATE)) {
      throw ApiError.invalid(
          kind.group(),
          kind.name(),
          name,
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", "0x0", "must be specified for an update")));
    }
  }
}

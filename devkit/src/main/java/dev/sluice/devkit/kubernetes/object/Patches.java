package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;

/** The patch types that are built: JSON patch (RFC 6902) and merge patch (RFC 7386). */
public enum Patches {
  JSON("application/json-patch+json") {
    @Override
    public ObjectNode apply(ObjectNode object, JsonNode patch) {
      if (!patch.isArray()) {
        throw ApiError.badRequest("a JSON patch must be an array of operations");
      }
      JsonNode patched = object.deepCopy();
      for (JsonNode operation : patch) {
        patched = applyOne(patched, operation);
      }
      if (patched instanceof ObjectNode whole) {
        return whole;
      }
      throw ApiError.unprocessable("the JSON patch leaves no object");
    }
  },

  MERGE("application/merge-patch+json") {
    @Override
    public ObjectNode apply(ObjectNode object, JsonNode patch) {
      if (!patch.isObject()) {
        throw ApiError.badRequest("a merge patch must be a JSON object");
      }
      ObjectNode merged = object.deepCopy();
      merge(merged, patch);
      return merged;
    }
  };

  private static final Map<String, String> NOT_BUILT =
      Map.of(
          "application/strategic-merge-patch+json", "strategic merge patch",
          "application/apply-patch+yaml", "server-side apply",
          "application/apply-patch+cbor", "server-side apply");

  private final String mediaType;

  Patches(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The object with the patch applied; the one given stays as it is. */
  public abstract ObjectNode apply(ObjectNode object, JsonNode patch);

  /**
   * The patch type of a Content-Type; one that Kubernetes has and we have not is refused by name.
   */
  public static Patches of(String contentType) {
    String type = contentType.split(";", 2)[0].strip();
    for (Patches patch : values()) {
      if (patch.mediaType.equals(type)) {
        return patch;
      }
    }
    if (NOT_BUILT.containsKey(type)) {
      throw ApiError.notBuilt(NOT_BUILT.get(type) + " (" + type + ")");
    }
    throw ApiError.unsupportedMediaType(type, JSON.mediaType + ", " + MERGE.mediaType);
  }

  /** The library lets a removal or replacement of nothing pass; the RFC does not. */
  private static JsonNode applyOne(JsonNode document, JsonNode operation) {
    String needed =
        switch (operation.path("op").asText()) {
          case "remove", "replace" -> operation.path("path").asText();
          case "move", "copy" -> operation.path("from").asText();
          default -> ""; // the whole document, which is always there
        };
    try {
      if (document.at(needed).isMissingNode()) {
        throw ApiError.unprocessable("the JSON patch does not apply: nothing is at " + needed);
      }
      return JsonPatch.apply(Json.array().add(operation), document);
    } catch (JsonPatchException | IllegalArgumentException refused) {
      throw ApiError.unprocessable("the JSON patch does not apply: " + refused.getMessage());
    }
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value.isObject()) {
        // Also a new object is merged into an empty one: the nulls inside it must go.
        merge(Json.child(target, field.getKey()), value);
      } else {
        target.set(field.getKey(), value.deepCopy());
      }
    }
  }
}

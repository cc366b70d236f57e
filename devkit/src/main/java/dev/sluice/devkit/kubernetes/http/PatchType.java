package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import dev.sluice.devkit.kubernetes.schema.StrategicMerge;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a patch changes an object; apply, which needs to know who applies, is apart. */
enum PatchType {
  JSON("application/json-patch+json") {
    @Override
    ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema) {
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
    ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema) {
      if (!patch.isObject()) {
        throw ApiError.badRequest("a merge patch must be a JSON object");
      }
      ObjectNode merged = object.deepCopy();
      merge(merged, patch);
      return merged;
    }
  },

  STRATEGIC("application/strategic-merge-patch+json") {
    @Override
    ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema) {
      return StrategicMerge.apply(object, patch, schema);
    }
  };

  private final String mediaType;

  PatchType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The object with the patch applied; the one given stays as it is. */
  abstract ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema);

  /** The patch type of a Content-Type; of custom kinds nobody knows how lists are merged. */
  static PatchType of(String contentType, Kind kind) {
    String type = contentType.split(";", 2)[0].strip();
    List<PatchType> accepted = new ArrayList<>(List.of(JSON, MERGE));
    if (!kind.is(Trait.CUSTOM)) {
      accepted.add(STRATEGIC);
    }
    return accepted.stream()
        .filter(patch -> patch.mediaType.equals(type))
        .findFirst()
        .orElseThrow(
            () -> ApiError.unknownPatch(accepted.stream().map(one -> one.mediaType).toList()));
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

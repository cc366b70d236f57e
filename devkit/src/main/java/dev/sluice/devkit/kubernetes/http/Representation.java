package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How a client wants to see objects, from its Accept header. */
enum Representation {
  PLAIN {
    @Override
    JsonNode one(Kind kind, ObjectNode object, String includeObject, Instant now) {
      return object;
    }

    @Override
    JsonNode list(
        Kind kind, List<ObjectNode> objects, String version, String include, Instant now) {
      return listOf(kind.apiVersion(), kind.name() + "List", version, objects);
    }
  },

  METADATA {
    @Override
    JsonNode one(Kind kind, ObjectNode object, String includeObject, Instant now) {
      return Tables.metadata(object);
    }

    @Override
    JsonNode list(
        Kind kind, List<ObjectNode> objects, String version, String include, Instant now) {
      List<ObjectNode> items = objects.stream().map(Tables::metadata).toList();
      return listOf("meta.k8s.io/v1", "PartialObjectMetadataList", version, items);
    }
  },

  TABLE {
    @Override
    JsonNode one(Kind kind, ObjectNode object, String includeObject, Instant now) {
      String version = Json.text(object, "/metadata/resourceVersion");
      return Tables.of(kind, List.of(object), version, includeObject, now);
    }

    @Override
    JsonNode list(
        Kind kind, List<ObjectNode> objects, String version, String include, Instant now) {
      return Tables.of(kind, objects, version, include, now);
    }
  };

  abstract JsonNode one(Kind kind, ObjectNode object, String includeObject, Instant now);

  abstract JsonNode list(
      Kind kind, List<ObjectNode> objects, String version, String includeObject, Instant now);

  /** The first form of the Accept header that is served; an empty header takes anything. */
  static Representation of(String accept) {
    if (accept.isBlank()) {
      return PLAIN;
    }
    for (String clause : accept.split(",")) {
      Set<String> parts =
          new HashSet<>(Arrays.stream(clause.split(";")).map(String::strip).toList());
      boolean json = parts.contains("application/json");
      if (json && parts.contains("v=v1") && parts.contains("g=meta.k8s.io")) {
        if (parts.contains("as=Table")) {
          return TABLE;
        }
        if (parts.contains("as=PartialObjectMetadata")
            || parts.contains("as=PartialObjectMetadataList")) {
          return METADATA;
        }
      }
      boolean any = parts.contains("*/*") || parts.contains("application/*");
      if (any || (json && parts.stream().noneMatch(part -> part.startsWith("as=")))) {
        return PLAIN;
      }
    }
    throw ApiError.notAcceptable(accept);
  }

  private static ObjectNode listOf(
      String apiVersion, String kind, String version, List<ObjectNode> items) {
    ObjectNode list = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    list.putObject("metadata").put("resourceVersion", version);
    list.putArray("items").addAll(items);
    return list;
  }
}

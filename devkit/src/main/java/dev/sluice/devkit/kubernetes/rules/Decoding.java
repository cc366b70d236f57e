package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.schema.Defaulting;
import dev.sluice.devkit.kubernetes.schema.Pruning;
import dev.sluice.devkit.kubernetes.schema.SchemaValidation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** From what a client sent to an object of the kind: checked, pruned, defaulted. */
public final class Decoding {
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "labels",
          "annotations",
          "ownerReferences",
          "finalizers",
          "managedFields");

  private Decoding() {}

  /**
   * Works in place and returns the paths of the fields that were dropped.
   *
   * @param key where the request is addressed; the name is empty where the object brings its own
   */
  public static List<String> decode(Kind kind, ObjectKey key, ObjectNode object) {
    checkType(kind, object);
    if (object.has("metadata")
        && !object.get("metadata").isObject()
        && !object.get("metadata").isNull()) {
      throw ApiError.badRequest("metadata must be an object");
    }
    ObjectNode metadata = Json.child(object, "metadata");
    checkAddress(kind, key, metadata);
    // A typed server does not know null; in a custom object it may mean something.
    Json.dropNulls(kind.is(Trait.CUSTOM) ? metadata : object);
    checkTexts(metadata, "labels");
    checkTexts(metadata, "annotations");
    metadata.retain(METADATA);
    if (kind.is(Trait.CUSTOM)) {
      Defaulting.apply(object, kind.schema());
    } else {
      checkTypes(kind, object);
    }
    List<String> dropped = Pruning.prune(object, kind.schema());
    BuiltInDefaults.apply(kind, object);
    return dropped;
  }

  private static void checkType(Kind kind, ObjectNode object) {
    // A built-in type is told by the address; a custom object must say itself what it is.
    boolean custom = kind.is(Trait.CUSTOM);
    if (custom && object.path("kind").asText("").isEmpty()) {
      throw ApiError.badRequest(
          "the object provided is unrecognized (must be of type %s): Object 'Kind' is missing"
              .formatted(kind.name()));
    }
    String apiVersion = object.path("apiVersion").asText(custom ? "" : kind.apiVersion());
    String name = object.path("kind").asText(kind.name());
    if (!apiVersion.equals(kind.apiVersion())) {
      throw ApiError.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, kind.apiVersion()));
    }
    if (!name.equals(kind.name())) {
      throw ApiError.badRequest(
          "the kind in the data (%s) does not match the expected kind (%s)"
              .formatted(name, kind.name()));
    }
    object.put("apiVersion", apiVersion).put("kind", name);
  }

  private static void checkAddress(Kind kind, ObjectKey key, ObjectNode metadata) {
    String namespace = metadata.path("namespace").asText("");
    if (!kind.namespaced()) {
      metadata.remove("namespace");
    } else if (!namespace.isEmpty() && !namespace.equals(key.namespace())) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    } else {
      metadata.put("namespace", key.namespace());
    }
    String name = metadata.path("name").asText("");
    if (!key.name().isEmpty() && !name.equals(key.name())) {
      throw ApiError.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, key.name()));
    }
  }

  /** A built-in kind is read into its type: what does not fit cannot be read. */
  private static void checkTypes(Kind kind, ObjectNode object) {
    List<FieldError> errors = SchemaValidation.check(object, kind.schema());
    if (!errors.isEmpty()) {
      String texts = errors.stream().map(FieldError::text).collect(Collectors.joining(", "));
      throw ApiError.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: %s"
              .formatted(kind.name(), kind.version(), kind.name(), texts));
    }
  }

  private static void checkTexts(ObjectNode metadata, String field) {
    for (Map.Entry<String, JsonNode> entry : metadata.path(field).properties()) {
      if (!entry.getValue().isTextual()) {
        throw ApiError.badRequest(
            "metadata.%s[%s] must be a string, got: %s"
                .formatted(field, entry.getKey(), entry.getValue()));
      }
    }
  }
}

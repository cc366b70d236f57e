package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.ScalePaths;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.util.Map;
import java.util.stream.Collectors;

/** The scale subresource: a small object that stands for the replica count of another one. */
public final class ScaleView {
  private static final String[] IDENTITY = {
    "name", "namespace", "uid", "resourceVersion", "creationTimestamp"
  };

  /** A Scale has no lists: its schema says nothing. */
  public static final Schema SCHEMA = new Schema(MissingNode.getInstance());

  private ScaleView() {}

  /** The autoscaling/v1 Scale of an object. */
  public static ObjectNode of(Kind kind, ObjectNode object) {
    ScalePaths paths = paths(kind);
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field : IDENTITY) {
      Json.put(metadata, field, object.path("metadata").path(field));
    }
    scale.putObject("spec").put("replicas", object.at(paths.specReplicas()).asInt(0));
    ObjectNode status = scale.putObject("status");
    status.put("replicas", object.at(paths.statusReplicas()).asInt(0));
    String selector = selector(paths, object);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /** The object with the count that a Scale asks for, and with what the Scale says it has seen. */
  public static ObjectNode apply(Kind kind, ObjectNode object, ObjectNode scale) {
    JsonNode replicas = scale.at("/spec/replicas");
    if (!replicas.isMissingNode() && (!replicas.isIntegralNumber() || replicas.asInt() < 0)) {
      throw ApiError.badRequest("spec.replicas must be a whole number of at least 0: " + replicas);
    }
    ObjectNode scaled = object.deepCopy();
    JsonPointer pointer = JsonPointer.compile(paths(kind).specReplicas());
    ObjectNode parent = scaled.withObject(pointer.head());
    parent.put(pointer.last().getMatchingProperty(), replicas.asInt(0));
    ObjectNode metadata = Json.child(scaled, "metadata");
    for (String seen : new String[] {"uid", "resourceVersion"}) {
      Json.put(metadata, seen, scale.path("metadata").path(seen));
    }
    return scaled;
  }

  private static String selector(ScalePaths paths, ObjectNode object) {
    if (paths.labelSelector().isEmpty()) {
      return "";
    }
    JsonNode selector = object.at(paths.labelSelector());
    if (selector.isTextual()) {
      return selector.asText();
    }
    return selector.path("matchLabels").properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  private static ScalePaths paths(Kind kind) {
    return kind.scale()
        .orElseThrow(() -> new IllegalArgumentException(kind.name() + " has no scale"));
  }
}

package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Column;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.Instant;
import java.util.List;

/** The table form of objects, which kubectl prints. */
final class Tables {
  private Tables() {}

  /**
   * @param includeObject what comes with each row: None, Metadata (also when empty) or Object
   */
  static ObjectNode of(
      Kind kind, List<ObjectNode> objects, String version, String includeObject, Instant now) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", version);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : kind.columns()) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      kind.columns().forEach(column -> cells.add(column.cell().of(object, now)));
      switch (includeObject) {
        case "", "Metadata" -> row.set("object", metadata(object));
        case "Object" -> row.set("object", object);
        case "None" -> {}
        default -> throw ApiError.badRequest("includeObject: unknown value " + includeObject);
      }
    }
    return table;
  }

  /** An object without all that its kind adds. */
  static ObjectNode metadata(ObjectNode object) {
    ObjectNode partial =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }
}

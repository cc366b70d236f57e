package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drops the fields that a structural schema does not name. */
public final class Pruning {
  private final List<String> dropped = new ArrayList<>();

  private Pruning() {}

  /**
   * Prunes in place.
   *
   * @param root a whole resource, whose apiVersion, kind and metadata stay in any case
   * @return the paths of what was dropped, in the object's order
   */
  public static List<String> prune(ObjectNode root, Schema schema) {
    Pruning pruning = new Pruning();
    pruning.visit(root, schema, "", true);
    return pruning.dropped;
  }

  private void visit(JsonNode value, Schema schema, String path, boolean resource) {
    switch (value) {
      case ObjectNode object -> visitObject(object, schema, path, resource);
      case ArrayNode array -> {
        // Inside an untyped list that preserves unknown fields, the items preserve them too.
        boolean untyped = schema.preservesUnknownFields() && schema.items().node().isMissingNode();
        for (int i = 0; i < array.size() && !untyped; i++) {
          visit(array.get(i), schema.items(), path + "[" + i + "]", false);
        }
      }
      default -> {} // a single value is kept or dropped by the object around it
    }
  }

  private void visitObject(ObjectNode object, Schema schema, String path, boolean resource) {
    boolean embedded = resource || schema.embeddedResource();
    for (String name : object.properties().stream().map(Map.Entry::getKey).toList()) {
      if (embedded && Schema.RESOURCE_FIELDS.contains(name)) {
        continue;
      }
      String field = path.isEmpty() ? name : path + "." + name;
      Optional<Schema> property = schema.field(name);
      if (property.isPresent()) {
        visit(object.get(name), property.get(), field, false);
      } else if (!schema.preservesUnknownFields()) {
        object.remove(name);
        dropped.add(field);
      }
    }
  }
}

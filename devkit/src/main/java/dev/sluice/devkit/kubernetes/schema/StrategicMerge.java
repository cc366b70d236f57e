package dev.sluice.devkit.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The strategic merge patch: a merge patch that knows by the schema which lists are merged item by
 * item, and by which key.
 */
public final class StrategicMerge {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  /** The object with the patch applied; both stay as they are. */
  public static ObjectNode apply(ObjectNode object, JsonNode patch, Schema schema) {
    if (patch instanceof ObjectNode wanted) {
      return merge(object, wanted, schema);
    }
    throw ApiError.badRequest("a strategic merge patch must be a JSON object");
  }

  private static ObjectNode merge(ObjectNode present, ObjectNode patch, Schema schema) {
    String directive = patch.path(DIRECTIVE).asText("merge");
    switch (directive) {
      case "delete" -> {
        return Json.object();
      }
      case "replace" -> {
        ObjectNode whole = patch.deepCopy();
        whole.remove(DIRECTIVE);
        return whole;
      }
      case "merge" -> {} // what follows
      default -> throw unknownDirective(directive);
    }
    ObjectNode merged = present.deepCopy();
    if (patch.has(RETAIN)) {
      merged.retain(Json.texts(patch.get(RETAIN)));
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      if (name.startsWith(DELETE)) {
        removeValues(merged.path(name.substring(DELETE.length())), field.getValue());
      } else if (!name.startsWith("$")) {
        JsonNode before = merged.get(name);
        JsonNode after = value(before, field.getValue(), schema.inner(name));
        Json.put(merged, name, after);
        if (before instanceof ArrayNode list && schema.inner(name).patches("merge")) {
          order(after, patch.path(ORDER + name), field.getValue(), list, schema.inner(name));
        }
      }
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey().replaceFirst("^" + Pattern.quote(ORDER), "");
      if (field.getKey().startsWith(ORDER)
          && !patch.has(name)
          && merged.get(name) instanceof ArrayNode list) {
        order(list, field.getValue(), field.getValue(), list.deepCopy(), schema.inner(name));
      }
    }
    return merged;
  }

  /** The value of a field after the patch; null takes it away. */
  private static JsonNode value(JsonNode present, JsonNode patch, Schema schema) {
    return switch (patch) {
      case ObjectNode object ->
          merge(present instanceof ObjectNode before ? before : Json.object(), object, schema);
      case ArrayNode list when schema.patches("merge") ->
          list(present instanceof ArrayNode before ? before : Json.array(), list, schema);
      default -> patch.isNull() ? null : patch.deepCopy();
    };
  }

  private static ArrayNode list(ArrayNode present, ArrayNode patch, Schema schema) {
    ArrayNode merged = Json.array();
    boolean replaces =
        Json.items(patch).stream()
            .anyMatch(item -> item.path(DIRECTIVE).asText().equals("replace"));
    if (!replaces) {
      merged.addAll(present.deepCopy());
    }
    for (JsonNode item : patch) {
      switch (item.path(DIRECTIVE).asText("merge")) {
        case "replace" -> {} // it only says that the others are all there is
        case "delete" -> find(merged, item, schema).ifPresent(merged::remove);
        case "merge" -> lay(merged, item, schema);
        default -> throw unknownDirective(item.path(DIRECTIVE).asText());
      }
    }
    return merged;
  }

  private static void lay(ArrayNode merged, JsonNode item, Schema schema) {
    Optional<Integer> place = find(merged, item, schema);
    ObjectNode before =
        place
            .map(merged::get)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseGet(Json::object);
    JsonNode after =
        item instanceof ObjectNode object ? merge(before, object, schema.items()) : item;
    place.ifPresentOrElse(at -> merged.set(at, after), () -> merged.add(after));
  }

  private static Optional<Integer> find(ArrayNode list, JsonNode item, Schema schema) {
    String key = schema.patchMergeKey();
    if (!key.isEmpty() && !item.has(key)) {
      throw ApiError.unclassified(
          "map: %s does not contain declared merge key: %s".formatted(item, key));
    }
    return place(list, item, key);
  }

  private static JsonNode identity(JsonNode item, String key) {
    return key.isEmpty() ? item : item.path(key);
  }

  private static void removeValues(JsonNode list, JsonNode values) {
    if (list instanceof ArrayNode present) {
      List<JsonNode> kept = new ArrayList<>(Json.items(present));
      kept.removeIf(item -> Json.items(values).stream().anyMatch(gone -> Json.same(gone, item)));
      present.removeAll().addAll(kept);
    }
  }

  /**
   * Items that the patch names come in its order; each other one goes before the first of them that
   * it was before.
   *
   * @param named order that the patch gives; missing: that of its items
   */
  private static void order(
      JsonNode merged, JsonNode named, JsonNode patch, ArrayNode before, Schema schema) {
    if (!(merged instanceof ArrayNode list)) {
      return;
    }
    String key = schema.patchMergeKey();
    Deque<JsonNode> wanted = new ArrayDeque<>();
    for (JsonNode name : named.isMissingNode() ? patch : named) {
      place(list, name, key).ifPresent(at -> wanted.add(list.get(at)));
    }
    Deque<JsonNode> others = new ArrayDeque<>(Json.items(list));
    others.removeAll(wanted);
    List<JsonNode> ordered = new ArrayList<>();
    while (!wanted.isEmpty() || !others.isEmpty()) {
      boolean other =
          wanted.isEmpty()
              || (!others.isEmpty()
                  && isBefore(
                      place(before, others.peek(), key), place(before, wanted.peek(), key)));
      ordered.add(other ? others.remove() : wanted.remove());
    }
    list.removeAll().addAll(ordered);
  }

  private static boolean isBefore(Optional<Integer> left, Optional<Integer> right) {
    return left.isPresent() && right.isPresent() && left.get() < right.get();
  }

  private static Optional<Integer> place(ArrayNode list, JsonNode item, String key) {
    for (int place = 0; place < list.size(); place++) {
      if (Json.same(identity(list.get(place), key), identity(item, key))) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private static ApiError unknownDirective(String directive) {
    return ApiError.unclassified("unknown patch type: " + directive);
  }
}

package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How one gets from a value to the values in it. */
final class Steps {
  private Steps() {}

  static String field(String name) {
    return "f:" + name;
  }

  /** The items of a list whose items have an identity: by key or, in a set, by value. */
  static Map<String, JsonNode> items(JsonNode list, Schema schema) {
    Map<String, JsonNode> items = new LinkedHashMap<>();
    list.forEach(item -> items.putIfAbsent(item(item, schema), item));
    return items;
  }

  static String item(JsonNode item, Schema list) {
    if (list.listType() == Schema.ListType.SET) {
      return "v:" + item;
    }
    ObjectNode key = Json.object();
    for (String name : new TreeSet<>(list.listMapKeys())) {
      JsonNode value =
          item.hasNonNull(name)
              ? item.get(name)
              : list.items().property(name).flatMap(Schema::defaultValue).orElse(null);
      if (value != null) {
        key.set(name, value);
      }
    }
    return "k:" + key;
  }

  /** A step as messages write it. */
  static String text(String step) {
    String rest = step.substring(2);
    return switch (step.charAt(0)) {
      case 'f' -> "." + rest;
      case 'k' ->
          Json.read(rest.getBytes(StandardCharsets.UTF_8)).properties().stream()
              .map(key -> key.getKey() + "=" + key.getValue())
              .collect(Collectors.joining(",", "[", "]"));
      case 'v' -> "[=" + rest + "]";
      default -> "[" + rest + "]";
    };
  }
}

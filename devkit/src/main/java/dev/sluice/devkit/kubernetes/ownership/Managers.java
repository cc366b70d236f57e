package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The owners of an object's fields, as {@code metadata.managedFields} keeps them. */
final class Managers {
  private final List<Entry> entries;

  /**
   * @param time of the manager's last write that changed something
   */
  record Entry(Manager manager, String time, FieldSet fields) {}

  private Managers(List<Entry> entries) {
    this.entries = entries;
  }

  static Managers of(JsonNode object) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (!entry.path("manager").asText("").isEmpty()) {
        Manager manager =
            new Manager(
                entry.path("manager").asText(),
                entry.path("operation").asText(),
                entry.path("apiVersion").asText(),
                entry.path("subresource").asText(""));
        FieldSet fields = FieldSet.parse(entry.path("fieldsV1"));
        entries.add(new Entry(manager, entry.path("time").asText(""), fields));
      }
    }
    return new Managers(entries);
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  FieldSet fields(Manager manager) {
    return entries.stream()
        .filter(entry -> entry.manager().isSame(manager))
        .map(Entry::fields)
        .findFirst()
        .orElse(new FieldSet());
  }

  /** What all others own together. */
  FieldSet othersThan(Manager manager) {
    return entries.stream()
        .filter(entry -> !entry.manager().isSame(manager))
        .map(Entry::fields)
        .reduce(new FieldSet(), FieldSet::union);
  }

  /** The same with other fields for one of them; who owns nothing is not listed. */
  Managers with(Manager manager, FieldSet fields, String time) {
    List<Entry> next = new ArrayList<>(entries);
    next.removeIf(entry -> entry.manager().isSame(manager));
    if (!fields.isEmpty()) {
      next.add(new Entry(manager, time, fields));
    }
    return new Managers(next);
  }

  /** The same, where all but one have lost some fields. */
  Managers takenFromOthers(Manager manager, FieldSet lost) {
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      FieldSet kept = entry.fields().minus(lost);
      if (entry.manager().isSame(manager)) {
        next.add(entry);
      } else if (!kept.isEmpty()) {
        next.add(new Entry(entry.manager(), entry.time(), kept));
      }
    }
    return new Managers(next);
  }

  ArrayNode json() {
    ArrayNode list = Json.array();
    entries.stream()
        .sorted(
            Comparator.comparing((Entry e) -> e.manager().operation())
                .thenComparing(Entry::time)
                .thenComparing(Entry::manager))
        .forEach(entry -> {
          Manager manager = entry.manager();
          ObjectNode one = list.addObject().put("manager", manager.name());
          one.put("operation", manager.operation()).put("apiVersion", manager.apiVersion());
          one.put("time", entry.time()).put("fieldsType", "FieldsV1");
          one.set("fieldsV1", entry.fields().json());
          if (!manager.subresource().isEmpty()) {
            one.put("subresource", manager.subresource());
          }
        });
    return list;
  }
}

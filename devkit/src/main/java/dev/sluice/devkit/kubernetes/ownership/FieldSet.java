package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A set of fields as a tree. A step is written as in {@code fieldsV1}: {@code f:spec}, {@code
 * k:{"name":"main"}}, {@code v:"value"}.
 */
final class FieldSet {
  private static final String SELF = ".";

  private final TreeMap<String, FieldSet> children = new TreeMap<>();
  private boolean member;

  static FieldSet parse(JsonNode fields) {
    FieldSet set = new FieldSet();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getKey().equals(SELF)) {
        set.member = true;
      } else {
        FieldSet child = parse(field.getValue());
        child.member |= field.getValue().isEmpty();
        set.children.put(field.getKey(), child);
      }
    }
    return set;
  }

  /**
   * As {@code fieldsV1} writes it: a leaf is an empty object, a node that counts itself says so.
   */
  ObjectNode json() {
    ObjectNode json = Json.object();
    if (member && !children.isEmpty()) {
      json.putObject(SELF);
    }
    children.forEach((step, child) -> {
      // An empty node would read as a member.
      if (!child.isEmpty()) {
        json.set(step, child.json());
      }
    });
    return json;
  }

  boolean isMember() {
    return member;
  }

  boolean isEmpty() {
    return !member && children.values().stream().allMatch(FieldSet::isEmpty);
  }

  void add() {
    member = true;
  }

  /** What lies below stays. */
  void drop() {
    member = false;
  }

  /** The part below a step, made where it is missing. */
  FieldSet at(String step) {
    return children.computeIfAbsent(step, none -> new FieldSet());
  }

  Optional<FieldSet> find(String step) {
    return Optional.ofNullable(children.get(step));
  }

  /** Takes away everything below a path, and the path itself. */
  void cut(List<String> path) {
    if (path.size() == 1) {
      children.remove(path.getFirst());
    } else {
      find(path.getFirst()).ifPresent(child -> child.cut(path.subList(1, path.size())));
    }
  }

  /** The part below one step. */
  FieldSet only(String step) {
    FieldSet part = new FieldSet();
    part.put(step, orNothing(step));
    return part;
  }

  /** The same with everything on the way to a member. */
  FieldSet withAncestors() {
    FieldSet all = new FieldSet();
    all.member = !isEmpty();
    children.forEach((step, child) -> all.put(step, child.withAncestors()));
    return all;
  }

  FieldSet union(FieldSet other) {
    FieldSet union = new FieldSet();
    union.member = member || other.member;
    children.forEach((step, child) -> union.put(step, child.union(other.orNothing(step))));
    other.children.forEach((step, child) -> union.put(step, orNothing(step).union(child)));
    return union;
  }

  FieldSet minus(FieldSet other) {
    FieldSet rest = new FieldSet();
    rest.member = member && !other.member;
    children.forEach((step, child) -> rest.put(step, child.minus(other.orNothing(step))));
    return rest;
  }

  FieldSet and(FieldSet other) {
    return minus(minus(other));
  }

  /** The members, each as messages name it: {@code .spec.containers[name="main"].image}. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("", paths);
    return paths;
  }

  private void collect(String prefix, List<String> paths) {
    if (member) {
      paths.add(prefix);
    }
    children.forEach((step, child) -> child.collect(prefix + Steps.text(step), paths));
  }

  private FieldSet orNothing(String step) {
    return children.getOrDefault(step, new FieldSet());
  }

  private void put(String step, FieldSet child) {
    if (!child.isEmpty()) {
      children.put(step, child);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set && set.json().equals(json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}

package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What the server tells about itself: version, groups, resources and their verbs. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  static final String REVIEWS = "selfsubjectaccessreviews";
  static final String REVIEW_GROUP = "authorization.k8s.io";

  private final KindRegistry kinds;

  Discovery(KindRegistry kinds) {
    this.kinds = kinds;
  }

  /** The document at a path; empty where none is. */
  Optional<ObjectNode> at(String path) {
    List<String> parts = List.of(path.substring(1).split("/"));
    String group = parts.size() > 1 ? parts.get(1) : "";
    return switch (parts.getFirst() + parts.size()) {
      case "version1" -> Optional.of(version());
      case "api1" -> Optional.of(coreVersions());
      case "api2" -> resources("", parts.get(1));
      case "apis1" -> Optional.of(groups());
      case "apis2" -> groupIfServed(group);
      case "apis3" -> resources(group, parts.get(2));
      default -> Optional.empty();
    };
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.0+sluice-devkit")
        .put("gitTreeState", "clean")
        .put("platform", "java/vertx");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    TreeSet<String> names = new TreeSet<>(kinds.groups());
    names.add(REVIEW_GROUP);
    names.forEach(name -> groups.add(group(name)));
    return list;
  }

  private Optional<ObjectNode> groupIfServed(String name) {
    if (!name.equals(REVIEW_GROUP) && !kinds.groups().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(group(name).put("kind", "APIGroup").put("apiVersion", "v1"));
  }

  private ObjectNode group(String name) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode versions = group.putArray("versions");
    List<String> served = name.equals(REVIEW_GROUP) ? List.of("v1") : kinds.versions(name);
    for (String version : served) {
      versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group.set("preferredVersion", versions.get(0));
    return group;
  }

  private Optional<ObjectNode> resources(String group, String version) {
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    kinds.of(group, version).forEach(kind -> add(resources, kind));
    if (group.equals(REVIEW_GROUP) && version.equals("v1")) {
      resources
          .addObject()
          .put("name", REVIEWS)
          .put("singularName", "selfsubjectaccessreview")
          .put("namespaced", false)
          .put("kind", "SelfSubjectAccessReview")
          .putArray("verbs")
          .add("create");
    }
    return resources.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static void add(ArrayNode resources, Kind kind) {
    ObjectNode resource = entry(resources, kind, kind.resource().plural(), kind.name(), VERBS);
    resource.put("singularName", kind.singular());
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(resource.putArray("shortNames")::add);
    }
    if (!kind.categories().isEmpty()) {
      kind.categories().forEach(resource.putArray("categories")::add);
    }
    for (String subresource : new TreeSet<>(kind.subresources())) {
      String name = kind.resource().plural() + "/" + subresource;
      switch (subresource) {
        case "scale" ->
            entry(resources, kind, name, "Scale", List.of("get", "patch", "update"))
                .put("group", "autoscaling")
                .put("version", "v1");
        case "binding" -> entry(resources, kind, name, "Binding", List.of("create"));
        case "eviction" ->
            entry(resources, kind, name, "Eviction", List.of("create"))
                .put("group", "policy")
                .put("version", "v1");
        default -> entry(resources, kind, name, kind.name(), List.of("get", "patch", "update"));
      }
    }
  }

  private static ObjectNode entry(
      ArrayNode resources, Kind kind, String name, String kindName, List<String> verbs) {
    ObjectNode entry = resources.addObject().put("name", name).put("singularName", "");
    entry.put("namespaced", kind.namespaced()).put("kind", kindName);
    verbs.forEach(entry.putArray("verbs")::add);
    return entry;
  }
}

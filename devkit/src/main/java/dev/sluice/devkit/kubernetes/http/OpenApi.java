package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The part of OpenAPI v3 that kubectl reads: the schemas, for explain, and that PATCH takes
 * fieldValidation, so that kubectl leaves the checking of fields to the server. There is no v2.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";

  private final KindRegistry kinds;

  OpenApi(KindRegistry kinds) {
    this.kinds = kinds;
  }

  /** The document at a path; empty where none is. */
  Optional<ObjectNode> at(String path) {
    if (path.equals(ROOT)) {
      return Optional.of(index());
    }
    return path.startsWith(ROOT + "/")
        ? document(path.substring(ROOT.length() + 1))
        : Optional.empty();
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    TreeSet<String> roots = new TreeSet<>();
    kinds.all().forEach(kind -> roots.add(root(kind)));
    roots.forEach(root -> paths.putObject(root).put("serverRelativeURL", ROOT + "/" + root));
    return index;
  }

  private Optional<ObjectNode> document(String root) {
    List<Kind> served = kinds.all().stream().filter(kind -> root(kind).equals(root)).toList();
    if (served.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0+sluice-devkit");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (Kind kind : served) {
      String scope = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
      ObjectNode patch =
          paths
              .putObject("/" + root + scope + kind.resource().plural() + "/{name}")
              .putObject("patch");
      name(
          patch.put("x-kubernetes-action", "patch").putObject("x-kubernetes-group-version-kind"),
          kind);
      ObjectNode parameter = patch.putArray("parameters").addObject();
      parameter.put("name", "fieldValidation").put("in", "query");
      parameter.putObject("schema").put("type", "string");
      patch.putObject("responses");
      schemas.set("sluice." + kind.name(), schema(kind));
    }
    return Optional.of(document);
  }

  private static ObjectNode schema(Kind kind) {
    ObjectNode schema = kind.schema().node().deepCopy();
    name(schema.putArray("x-kubernetes-group-version-kind").addObject(), kind);
    return schema;
  }

  private static void name(ObjectNode target, Kind kind) {
    target.put("group", kind.group()).put("version", kind.version()).put("kind", kind.name());
  }

  private static String root(Kind kind) {
    return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
  }
}

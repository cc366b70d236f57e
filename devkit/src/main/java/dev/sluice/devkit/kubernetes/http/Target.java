package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.object.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * The address of a resource.
 *
 * @param namespace empty: none, or all of them
 * @param name empty: the collection
 * @param subresource empty: the object itself
 */
record Target(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {

  /** Reads a path below /api/v1 or /apis/GROUP/VERSION; empty where it is no such address. */
  static Optional<Target> parse(String path) {
    List<String> parts = List.of(path.substring(1).split("/"));
    if (parts.getFirst().equals("api") && parts.size() > 2) {
      return below("", parts.get(1), parts.subList(2, parts.size()));
    }
    if (parts.getFirst().equals("apis") && parts.size() > 3) {
      return below(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
    }
    return Optional.empty();
  }

  ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  boolean isCollection() {
    return name.isEmpty();
  }

  private static Optional<Target> below(String group, String version, List<String> rest) {
    // namespaces/NAME and namespaces/NAME/status are about the namespace itself.
    boolean inNamespace =
        rest.size() > 2 && rest.getFirst().equals("namespaces") && !isNamespacePart(rest);
    List<String> own = inNamespace ? rest.subList(2, rest.size()) : rest;
    if (own.size() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            group,
            version,
            inNamespace ? rest.get(1) : "",
            own.getFirst(),
            own.size() > 1 ? own.get(1) : "",
            own.size() > 2 ? own.get(2) : ""));
  }

  private static boolean isNamespacePart(List<String> rest) {
    return rest.size() == 3 && List.of("status", "finalize").contains(rest.get(2));
  }
}

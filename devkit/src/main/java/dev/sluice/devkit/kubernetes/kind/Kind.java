package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of object in one served version.
 *
 * @param name upper camel case, such as ReplicaSet
 * @param subresources by name; "status" and "scale" among them
 * @param scale where the scale subresource finds its numbers; present exactly when there is one
 * @param selectableFields of field selectors, beside name and namespace
 * @param schema which fields there are; of a built-in kind nothing more than that
 */
public record Kind(
    GroupResource resource,
    String version,
    String name,
    String singular,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced,
    Set<Trait> traits,
    Set<String> subresources,
    Optional<ScalePaths> scale,
    Set<String> selectableFields,
    Schema schema,
    List<Column> columns) {

  public String group() {
    return resource.group();
  }

  /** As objects carry it: {@code apps/v1}, {@code v1}. */
  public String apiVersion() {
    return group().isEmpty() ? version : group() + "/" + version;
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  /** A stored object as this version shows it: versions of a kind differ in the name only. */
  public ObjectNode present(ObjectNode stored) {
    if (stored.path("apiVersion").asText().equals(apiVersion())) {
      return stored;
    }
    return stored.deepCopy().put("apiVersion", apiVersion());
  }
}

package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
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
 * @param resource whose objects it shows, in the group where they are kept
 * @param selectableFields of field selectors, beside name and namespace
 * @param alias where it shows the objects of another kind
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
    List<Column> columns,
    Optional<Alias> alias) {

  public String group() {
    return alias.map(Alias::group).orElse(resource.group());
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

  /** What is said to somebody who selects by a field that is not selectable. */
  public String unselectable(String field) {
    return is(Trait.CUSTOM) || !selectableFields.isEmpty()
        ? "field label not supported: " + field
        : "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            .formatted(field);
  }

  /** The kind as whose objects those of this one are kept. */
  public Kind storage() {
    return alias.map(Alias::storage).orElse(this);
  }

  /** An object of this kind as it is kept. */
  public ObjectNode stored(ObjectNode object) {
    return alias.map(other -> other.stored(object)).orElse(object);
  }

  /** The schema of a whole object: with the fields that every object has. */
  public Schema wholeSchema() {
    ObjectNode whole = Json.object();
    whole.setAll(schema.node() instanceof ObjectNode own ? own : Json.object());
    ObjectNode properties = Json.object();
    properties.setAll(whole.path("properties") instanceof ObjectNode own ? own : Json.object());
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.set("metadata", ModelSchema.METADATA.node());
    whole.set("properties", properties);
    return new Schema(whole);
  }

  /** A stored object as this version shows it: versions of a kind differ in the name only. */
  public ObjectNode present(ObjectNode stored) {
    if (stored.path("apiVersion").asText().equals(apiVersion())) {
      return stored;
    }
    if (alias.isPresent()) {
      return alias.get().shown(stored, apiVersion());
    }
    return stored.deepCopy().put("apiVersion", apiVersion());
  }
}

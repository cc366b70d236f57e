package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of a manifest: its known members are the public fields of the subclass, in the order in
 * which Argo Rollouts declares them; null is "not written". A member that is not known, or whose
 * JSON does not fit the field, is kept as it is and written back: one wrong field never makes the
 * object unreadable. Whoever decides something on a manifest asks {@link #problems()} first.
 *
 * <p>Objects that come out of an informer's cache are shared: change a {@link #copy()}.
 */
@JsonDeserialize(using = StructReader.class)
@JsonSerialize(using = StructWriter.class)
public abstract class Struct {

  private final Map<String, JsonNode> other = new LinkedHashMap<>();
  private final Map<String, String> unfit = new LinkedHashMap<>();

  /** For subclasses. */
  protected Struct() {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if it is not an object
   */
  public static <T extends Struct> T read(JsonNode json, Class<T> type) {
    if (json instanceof ObjectNode object) {
      return StructReader.fill(object, type);
    }
    throw new IllegalArgumentException("expected an object, got " + json);
  }

  /** What is written of this object. */
  public final ObjectNode json() {
    return StructWriter.tree(this);
  }

  /** An equal object that shares nothing with this one. */
  @SuppressWarnings("unchecked")
  public final <T extends Struct> T copy() {
    return (T) StructReader.fill(json(), getClass());
  }

  /** Members that are not known, or whose JSON does not fit; written back as they are. */
  public final Map<String, JsonNode> other() {
    return Collections.unmodifiableMap(other);
  }

  /**
   * Everything here and below whose JSON does not fit its field, in order of the fields.
   *
   * @param path of this object, such as {@code spec}
   */
  public final List<Problem> problems(String path) {
    List<Problem> found = new ArrayList<>();
    StructFields.walk(
        this,
        path,
        (at, struct) ->
            struct.unfit.forEach((name, message) ->
                found.add(
                    new Problem(
                        name.isEmpty() ? at : at + "." + name, struct.other.get(name), message))));
    return found;
  }

  /**
   * A member whose JSON does not fit.
   *
   * @param path of the member
   * @param value as it was written
   * @param message what it should have been
   */
  public record Problem(String path, JsonNode value, String message) {}

  final void keep(String name, JsonNode value) {
    other.put(name, value);
  }

  final void keepUnfit(String name, JsonNode value, String message) {
    other.put(name, value);
    unfit.put(name, message);
  }

  final boolean problemOf(String name) {
    return unfit.containsKey(name);
  }

  @Override
  public final boolean equals(Object that) {
    return that != null && that.getClass() == getClass() && json().equals(((Struct) that).json());
  }

  @Override
  public final int hashCode() {
    return json().hashCode();
  }

  @Override
  public final String toString() {
    return json().toString();
  }
}

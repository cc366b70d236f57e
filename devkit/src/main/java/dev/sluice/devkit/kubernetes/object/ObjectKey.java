package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * The address of an object within its kind.
 *
 * @param namespace empty for objects that live in no namespace
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  public static ObjectKey of(JsonNode object) {
    return new ObjectKey(
        Json.text(object, "/metadata/namespace"), Json.text(object, "/metadata/name"));
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}

package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.Optional;

/** What becomes of the dependents of a deleted object. */
public enum Propagation {
  /** As the object's finalizers say; else they go after it. */
  UNSAID(""),
  /** They go after it. */
  BACKGROUND(""),
  /** They go before it. */
  FOREGROUND("foregroundDeletion"),
  /** They stay, without it as their owner. */
  ORPHAN("orphan");

  private final String finalizer;

  Propagation(String finalizer) {
    this.finalizer = finalizer;
  }

  /** The name as the API writes it; empty where there is no such policy. */
  public static Optional<Propagation> of(String policy) {
    return switch (policy) {
      case "" -> Optional.of(UNSAID);
      case "Background" -> Optional.of(BACKGROUND);
      case "Foreground" -> Optional.of(FOREGROUND);
      case "Orphan" -> Optional.of(ORPHAN);
      default -> Optional.empty();
    };
  }

  /** Holds an object back until whoever collects has done this. */
  public String finalizer() {
    return finalizer;
  }

  /** Whether an object waits for this to be done to its dependents. */
  public boolean isAwaitedBy(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp")
        && Json.texts(object.at("/metadata/finalizers")).contains(finalizer);
  }

  /** The object as it is deleted: a new policy takes the place of an earlier one. */
  ObjectNode mark(ObjectNode object) {
    if (this == UNSAID) {
      return object;
    }
    ObjectNode marked = object.deepCopy();
    ObjectNode metadata = Json.child(marked, "metadata");
    ArrayNode finalizers = Json.array();
    for (String present : Json.texts(metadata.path("finalizers"))) {
      if (!List.of(FOREGROUND.finalizer, ORPHAN.finalizer).contains(present)) {
        finalizers.add(present);
      }
    }
    if (!finalizer.isEmpty()) {
      finalizers.add(finalizer);
    }
    Json.put(metadata, "finalizers", finalizers);
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
    }
    return marked;
  }
}

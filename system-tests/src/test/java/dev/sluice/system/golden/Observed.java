package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line of a watch: an object as somebody left it.
 *
 * @param version the place in the cluster's one order of all changes
 * @param change what happened to it
 * @param resource the plural of its kind
 * @param object what matters of it, in the shape of the recordings (see {@link Extract})
 */
record Observed(long version, Change change, String resource, JsonNode object) {

  /** What can happen to an object. */
  enum Change {
    ADDED,
    MODIFIED,
    DELETED
  }

  String name() {
    return object.path("name").asText();
  }
}

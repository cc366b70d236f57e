package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that came out in another way than it was recorded.
 *
 * @param landmark its name
 * @param path where in the landmark, as a JSON pointer; empty for all of it
 * @param recorded what there was; missing if nothing
 * @param seen what there is; missing if nothing
 */
record Difference(String landmark, String path, JsonNode recorded, JsonNode seen) {

  @Override
  public String toString() {
    return landmark
        + (path.isEmpty() ? "" : " at " + path)
        + "\n    recorded: "
        + text(recorded)
        + "\n    seen:     "
        + text(seen);
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}

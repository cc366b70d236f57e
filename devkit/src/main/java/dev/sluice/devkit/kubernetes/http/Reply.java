package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.List;

/**
 * An answer.
 *
 * @param warnings for the client's user, sent as Warning headers
 */
record Reply(int code, JsonNode body, List<String> warnings) {
  static Reply ok(JsonNode body) {
    return new Reply(200, body, List.of());
  }

  static Reply of(ApiError error) {
    return new Reply(error.code(), error.status(), List.of());
  }
}

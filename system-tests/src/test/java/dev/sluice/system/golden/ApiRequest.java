package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One answered request, as the audit log of an API server has it.
 *
 * @param at when the API server received it
 * @param userAgent as the client sent it, without what follows the first slash
 * @param verb for instance {@code list} or {@code patch}
 * @param resource the plural, with the subresource if there is one: {@code rollouts/status}
 * @param namespace empty: the whole cluster
 * @param name of the object; empty for lists and some creations
 * @param code HTTP status of the answer
 */
record ApiRequest(
    Instant at,
    String userAgent,
    String verb,
    String resource,
    String namespace,
    String name,
    int code) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> READS = Set.of("get", "list");
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  /** All requests up to now, in the order in which they were answered. */
  static List<ApiRequest> all(Path auditLog) {
    try {
      String text = Files.readString(auditLog);
      // What follows the last line's end is still being written.
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(ApiRequest::json)
          // A watch is noted twice: when it begins and when it ends.
          .filter(entry -> !entry.path("stage").asText().equals("ResponseStarted"))
          .map(ApiRequest::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + auditLog, e);
    }
  }

  boolean isWrite() {
    return WRITES.contains(verb);
  }

  boolean isRead() {
    return READS.contains(verb);
  }

  boolean isEvent() {
    return resource.equals("events");
  }

  boolean isConflict() {
    return code == CONFLICT;
  }

  boolean isServerError() {
    return code >= SERVER_ERROR;
  }

  private static ApiRequest of(JsonNode entry) {
    JsonNode object = entry.path("objectRef");
    String subresource = object.path("subresource").asText();
    return new ApiRequest(
        Instant.parse(entry.path("requestReceivedTimestamp").asText()),
        entry.path("userAgent").asText().split("/", 2)[0],
        entry.path("verb").asText(),
        object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
        object.path("namespace").asText(),
        object.path("name").asText(),
        entry.at("/responseStatus/code").asInt());
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not a line of an audit log: " + line, e);
    }
  }
}

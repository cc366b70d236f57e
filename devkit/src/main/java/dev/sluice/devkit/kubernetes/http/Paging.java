package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import java.io.IOException;
import java.util.Base64;

/**
 * Where a list goes on that was asked for in pages.
 *
 * @param version of which the whole list is; -1: of now, whatever the pages before were
 * @param after the last object of the page before; the first page comes after the empty key
 */
record Paging(long version, ObjectKey after) {
  private static final String FORM = "meta.k8s.io/v1";
  private static final long NOW = -1;

  /** The first page of a list. */
  static Paging first(long version) {
    return new Paging(version, new ObjectKey("", ""));
  }

  /** As clients hand it back: they must not read it, but the form is the real server's. */
  String token(String namespace) {
    String start =
        (namespace.isEmpty() && !after.namespace().isEmpty() ? after.namespace() + "/" : "")
            + after.name()
            + "\0";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Json.bytes(Json.object().put("v", FORM).put("rv", version).put("start", start)));
  }

  static Paging parse(String token, String namespace) {
    try {
      JsonNode read = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token));
      String start = Json.text(read, "/start").replace("\0", "");
      if (!Json.text(read, "/v").equals(FORM) || read.path("rv").asLong() == 0 || start.isEmpty()) {
        throw invalid();
      }
      int slash = start.lastIndexOf('/');
      String in = slash < 0 ? namespace : start.substring(0, slash);
      return new Paging(read.get("rv").asLong(), new ObjectKey(in, start.substring(slash + 1)));
    } catch (IllegalArgumentException | IOException unreadable) {
      throw invalid();
    }
  }

  /** The same place in the list of now. */
  Paging now() {
    return new Paging(NOW, after);
  }

  boolean isOfNow() {
    return version == NOW;
  }

  private static ApiError invalid() {
    return ApiError.badRequest("continue key is not valid");
  }
}

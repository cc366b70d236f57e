package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import io.vertx.core.MultiMap;

/** What a client asked, read to its end. */
record Request(String method, String path, MultiMap query, MultiMap headers, byte[] body) {
  private static final String JSON = "application/json";

  String option(String name) {
    String value = query.get(name);
    return value == null ? "" : value;
  }

  boolean flag(String name) {
    String value = option(name);
    return query.contains(name) && !value.equals("false") && !value.equals("0");
  }

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  boolean isWatch() {
    return method.equals("GET") && flag("watch");
  }

  /** The body as one JSON object; other media types are refused, protobuf among them. */
  ObjectNode object() {
    String type = header("Content-Type").split(";", 2)[0].strip();
    if (!type.isEmpty() && !type.equals(JSON)) {
      throw ApiError.unsupportedMediaType(type, JSON);
    }
    return Json.readObject(body);
  }
}

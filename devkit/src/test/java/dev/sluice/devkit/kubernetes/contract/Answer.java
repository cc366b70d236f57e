package dev.sluice.devkit.kubernetes.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** What the server said. */
record Answer(int code, JsonNode body) {
  String text(String pointer) {
    return body.at(pointer).asText();
  }

  String version() {
    return text("/metadata/resourceVersion");
  }

  /** Of a refusal: code and reason together, such as {@code 409 Conflict}. */
  String refusal() {
    return code + " " + text("/reason");
  }
}

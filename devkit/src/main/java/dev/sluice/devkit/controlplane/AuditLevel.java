package dev.sluice.devkit.controlplane;

/** How much of each request the API server notes, in one line of JSON when it has answered. */
public enum AuditLevel {
  NONE("None"),
  METADATA("Metadata"),
  REQUEST("Request"),
  REQUEST_RESPONSE("RequestResponse");

  private final String word;

  AuditLevel(String word) {
    this.word = word;
  }

  String policy() {
    return """
    apiVersion: audit.k8s.io/v1
    kind: Policy
    omitStages: [RequestReceived]
    rules: [{level: %s}]
    """
        .formatted(word);
  }
}

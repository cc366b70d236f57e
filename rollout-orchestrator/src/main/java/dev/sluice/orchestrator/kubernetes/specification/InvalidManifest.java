package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A manifest, or an object that it names, cannot be worked with. The message is a field error as
 * Kubernetes writes them, without the Rollout's name.
 */
final class InvalidManifest extends Exception {

  private static final long serialVersionUID = 1;

  private InvalidManifest(String message) {
    super(message, null, false, false);
  }

  /** An error that is already written out. */
  static InvalidManifest of(String error) {
    return new InvalidManifest(error);
  }

  /** {@code path: Invalid value: "value": message}. */
  static InvalidManifest invalid(String path, String value, String message) {
    return new InvalidManifest(
        path + ": Invalid value: " + TextNode.valueOf(value) + ": " + message);
  }

  /** {@code path: Required value: message}. */
  static InvalidManifest required(String path, String message) {
    return new InvalidManifest(path + ": Required value: " + message);
  }

  /** {@code path: Forbidden: message}. */
  static InvalidManifest forbidden(String path, String message) {
    return new InvalidManifest(path + ": Forbidden: " + message);
  }

  /** What Argo Rollouts would do and this version does not: refused, never skipped silently. */
  static InvalidManifest notYet(String path) {
    return forbidden(path, "this version of Sluice does not act on it yet");
  }
}

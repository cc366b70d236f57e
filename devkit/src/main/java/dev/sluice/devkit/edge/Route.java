package dev.sluice.devkit.edge;

import java.util.List;
import java.util.Optional;

/**
 * What happens to requests of one host and path.
 *
 * @param host empty for every host
 * @param path prefix
 * @param stable the pods of the main Ingress's Service
 * @param canary the pods of the canary Ingress's Service; empty without one
 * @param rule of the canary Ingress; null without one
 */
record Route(
    String host, String path, List<Backend> stable, List<Backend> canary, CanaryRule rule) {

  Route {
    stable = List.copyOf(stable);
    canary = List.copyOf(canary);
  }

  /** Whether a request is for this route. */
  boolean matches(String requestHost, String requestPath) {
    return (host.isEmpty() || host.equals(requestHost))
        && (requestPath.equals(path)
            || requestPath.startsWith(path.endsWith("/") ? path : path + "/"));
  }

  /**
   * The pods that may answer a request, one as good as the other. Without stable pods nobody does,
   * even with healthy canary pods; without canary pods the stable ones do.
   */
  Optional<List<Backend>> pick(RequestFacts request) {
    if (stable.isEmpty()) {
      return Optional.empty();
    }
    boolean toCanary =
        !canary.isEmpty()
            && rule != null
            && rule.picks(request::header, request::cookie, request::random);
    return Optional.of(toCanary ? canary : stable);
  }

  /** What of a request decides. */
  interface RequestFacts {
    /** Null if absent. */
    String header(String name);

    /** Null if absent. */
    String cookie(String name);

    /** From 1 to the bound, each as likely as the others. */
    int random(int bound);
  }
}

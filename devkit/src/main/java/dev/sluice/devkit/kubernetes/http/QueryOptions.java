package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.Set;

/** Refuses by name the options that nobody here acts on. */
final class QueryOptions {
  private static final Set<String> BUILT =
      Set.of(
          "watch",
          "allowWatchBookmarks",
          "sendInitialEvents",
          "resourceVersion",
          "resourceVersionMatch",
          "timeoutSeconds",
          "labelSelector",
          "fieldSelector",
          "continue",
          "fieldValidation",
          "fieldManager",
          "force",
          "dryRun",
          "limit",
          "gracePeriodSeconds",
          "propagationPolicy",
          "includeObject");

  /** Nothing can go wrong by leaving these alone: layout, client time-outs. */
  private static final Set<String> HARMLESS = Set.of("pretty", "timeout");

  private QueryOptions() {}

  static void check(Request request) {
    for (String name : request.query().names()) {
      if (!BUILT.contains(name) && !HARMLESS.contains(name)) {
        throw ApiError.notBuilt("the option " + name + "=" + request.option(name));
      }
    }
  }
}

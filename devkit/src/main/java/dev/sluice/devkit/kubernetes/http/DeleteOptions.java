package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import java.util.OptionalLong;

/**
 * How a client wants something deleted.
 *
 * @param grace seconds; empty: as the object says
 */
record DeleteOptions(Preconditions preconditions, OptionalLong grace) {

  /** From the body, and where that says nothing, from the query. */
  static DeleteOptions of(Request request) {
    ObjectNode body = request.body().length == 0 ? Json.object() : request.object();
    if (!body.path("dryRun").isEmpty()) {
      throw ApiError.notBuilt("the option dryRun");
    }
    String policy = body.path("propagationPolicy").asText(request.option("propagationPolicy"));
    boolean orphans = body.path("orphanDependents").asBoolean(false);
    if (orphans || !(policy.isEmpty() || policy.equals("Background"))) {
      throw ApiError.notBuilt("the propagation policy " + (orphans ? "Orphan" : policy));
    }
    return new DeleteOptions(
        new Preconditions(
            Json.text(body, "/preconditions/uid"),
            Json.text(body, "/preconditions/resourceVersion")),
        grace(body, request.option("gracePeriodSeconds")));
  }

  private static OptionalLong grace(ObjectNode body, String option) {
    if (body.path("gracePeriodSeconds").isIntegralNumber()) {
      return OptionalLong.of(body.get("gracePeriodSeconds").asLong());
    }
    try {
      return option.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(option));
    } catch (NumberFormatException unreadable) {
      throw ApiError.badRequest("gracePeriodSeconds must be a whole number: " + option);
    }
  }
}

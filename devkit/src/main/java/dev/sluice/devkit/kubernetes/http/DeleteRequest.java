package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.rules.Propagation;
import dev.sluice.devkit.kubernetes.store.DeleteOptions;
import java.util.List;
import java.util.OptionalLong;

/** What a request says about how its deletion is to be done. */
final class DeleteRequest {
  private DeleteRequest() {}

  /** From the body, and where that says nothing, from the query. */
  static DeleteOptions options(Request request) {
    ObjectNode body = request.body().length == 0 ? Json.object() : request.object();
    String dryRun = Json.text(body, "/dryRun/0");
    return new DeleteOptions(
        new Preconditions(
            Json.text(body, "/preconditions/uid"),
            Json.text(body, "/preconditions/resourceVersion")),
        grace(body, request.option("gracePeriodSeconds")),
        propagation(body, request.option("propagationPolicy")),
        WriteRequest.isDryRun(dryRun.isEmpty() ? request.option("dryRun") : dryRun));
  }

  private static Propagation propagation(ObjectNode body, String option) {
    if (body.has("orphanDependents")) {
      return body.get("orphanDependents").asBoolean() ? Propagation.ORPHAN : Propagation.BACKGROUND;
    }
    String policy = body.path("propagationPolicy").asText(option);
    return Propagation.of(policy).orElseThrow(() -> unknown(policy));
  }

  private static ApiError unknown(String policy) {
    return ApiError.invalid(
        "meta.k8s.io",
        "DeleteOptions",
        "",
        List.of(
            FieldError.unsupported(
                "propagationPolicy",
                Json.quoted(policy),
                "\"Foreground\", \"Background\", \"Orphan\", \"nil\"")));
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

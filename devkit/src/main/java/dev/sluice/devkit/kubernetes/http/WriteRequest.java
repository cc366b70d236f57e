package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.ownership.Author;
import dev.sluice.devkit.kubernetes.store.FieldValidation;
import dev.sluice.devkit.kubernetes.store.WriteOptions;
import java.io.IOException;
import java.util.List;

/** What a request says about how its write is to be done. */
final class WriteRequest {
  static final String APPLY = "application/apply-patch+yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  private WriteRequest() {}

  static WriteOptions options(Request request, String subresource) {
    return new WriteOptions(
        FieldValidation.of(request.option("fieldValidation")),
        isDryRun(request.option("dryRun")),
        new Author(manager(request), subresource),
        false);
  }

  /** Of a patch that is no apply. */
  static WriteOptions patchOptions(Request request, String subresource) {
    if (!request.option("force").isEmpty()) {
      throw invalid(
          new FieldError(
              "FieldValueForbidden",
              "Forbidden: may not be specified for non-apply patch",
              "force"));
    }
    return options(request, subresource);
  }

  static boolean isApply(Request request) {
    return request.header("Content-Type").split(";", 2)[0].strip().equals(APPLY);
  }

  /** The object that is applied, which may be written in YAML. */
  static ObjectNode applied(Request request) {
    if (request.option("fieldManager").isEmpty()) {
      throw invalid(FieldError.required("fieldManager", "is required for apply patch"));
    }
    try {
      JsonNode read = YAML.readTree(request.body());
      if (!(read instanceof ObjectNode object)) {
        throw ApiError.badRequest("error decoding patch: it must be one object");
      }
      if (object.path("kind").asText("").isEmpty()) {
        throw ApiError.unclassified("Object 'Kind' is missing in '" + object + "'");
      }
      if (!object.at("/metadata/managedFields").isEmpty()) {
        throw ApiError.badRequest("metadata.managedFields must be nil");
      }
      return object;
    } catch (JsonProcessingException unreadable) {
      throw ApiError.badRequest("error decoding patch: " + unreadable.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("an array of bytes must be readable", impossible);
    }
  }

  /** Nothing but All is a dry run, and nothing else is known. */
  static boolean isDryRun(String option) {
    if (!option.isEmpty() && !option.equals("All")) {
      throw invalid(FieldError.unsupported("dryRun", "[\"" + option + "\"]", "\"All\""));
    }
    return !option.isEmpty();
  }

  private static String manager(Request request) {
    String named = request.option("fieldManager");
    return named.isEmpty() ? request.header("User-Agent").split("/", 2)[0] : named;
  }

  private static ApiError invalid(FieldError error) {
    return ApiError.invalid("meta.k8s.io", "PatchOptions", "", List.of(error));
  }
}

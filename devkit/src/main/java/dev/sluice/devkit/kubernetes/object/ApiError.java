package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal, with the Status object that the API answers it with. */
public final class ApiError extends RuntimeException {
  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private ApiError(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** The v1 Status that is the answer's body. */
  public ObjectNode status() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  public static ApiError notFound(GroupResource resource, String name) {
    String message = "%s \"%s\" not found".formatted(resource.qualified(), name);
    return new ApiError(404, "NotFound", message, details(resource, name));
  }

  /** No such path, group, version, resource or subresource. */
  public static ApiError unknownPath(String path) {
    String message = "the server could not find the requested resource: " + path;
    return new ApiError(404, "NotFound", message, Json.object());
  }

  public static ApiError alreadyExists(GroupResource resource, String name) {
    String message = "%s \"%s\" already exists".formatted(resource.qualified(), name);
    return new ApiError(409, "AlreadyExists", message, details(resource, name));
  }

  /** The object was changed by somebody else since the caller read it. */
  public static ApiError modified(GroupResource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try again");
  }

  /** The real server calls this an error of its own, and gives no reason. */
  public static ApiError versionAtCreate() {
    String message = "resourceVersion should not be set on objects to be created";
    return new ApiError(500, "", message, Json.object());
  }

  public static ApiError conflict(GroupResource resource, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(resource.qualified(), name, why);
    return new ApiError(409, "Conflict", message, details(resource, name));
  }

  public static ApiError invalid(String group, String kind, String name, List<FieldError> errors) {
    String list = errors.stream().map(FieldError::text).collect(Collectors.joining(", "));
    String text = errors.size() == 1 ? list : "[" + list + "]";
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    ObjectNode details = details(new GroupResource(group, kind), name);
    ArrayNode causes = details.putArray("causes");
    for (FieldError error : errors) {
      causes
          .addObject()
          .put("reason", error.reason())
          .put("message", error.message())
          .put("field", error.field());
    }
    String message = "%s \"%s\" is invalid: %s".formatted(qualified, name, text);
    return new ApiError(422, "Invalid", message, details);
  }

  /** A patch that can be read but not applied. */
  public static ApiError unprocessable(String message) {
    return new ApiError(422, "Invalid", message, Json.object());
  }

  public static ApiError forbidden(GroupResource resource, String name, String why) {
    String message = "%s \"%s\" is forbidden: %s".formatted(resource.qualified(), name, why);
    return new ApiError(403, "Forbidden", message, details(resource, name));
  }

  public static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message, Json.object());
  }

  /** The history that was asked for is gone: list again. */
  public static ApiError expired(String message) {
    return new ApiError(410, "Expired", message, Json.object());
  }

  /** The caller knows a version that this server has not reached. */
  public static ApiError tooLargeVersion(long wanted, long current) {
    String message = "Too large resource version: %d, current: %d".formatted(wanted, current);
    ObjectNode details = Json.object().put("retryAfterSeconds", 1);
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    return new ApiError(504, "Timeout", message, details);
  }

  public static ApiError methodNotAllowed(String method, String path) {
    String message = "the server does not allow %s on %s".formatted(method, path);
    return new ApiError(405, "MethodNotAllowed", message, Json.object());
  }

  public static ApiError unsupportedMediaType(String given, String supported) {
    String message =
        "the body of the request was in an unknown format: %s - accepted media types include: %s"
            .formatted(given, supported);
    return new ApiError(415, "UnsupportedMediaType", message, Json.object());
  }

  public static ApiError notAcceptable(String wanted) {
    String message = "only application/json is served, asked for: " + wanted;
    return new ApiError(406, "NotAcceptable", message, Json.object());
  }

  public static ApiError tooLarge(int limit) {
    String message = "Request entity too large: limit is " + limit;
    return new ApiError(413, "RequestEntityTooLarge", message, Json.object());
  }

  /** Kubernetes has it, this server does not: refused by name rather than answered wrongly. */
  public static ApiError notBuilt(String what) {
    String message = what + " is not built in the devkit's API server";
    return new ApiError(501, "NotImplemented", message, Json.object());
  }

  public static ApiError internal(String message) {
    return new ApiError(500, "InternalError", message, Json.object());
  }

  private static ObjectNode details(GroupResource resource, String name) {
    ObjectNode details = Json.object().put("name", name);
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.plural());
  }
}

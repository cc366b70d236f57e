package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A refusal, with the Status object that the API answers it with. */
public final class ApiError extends RuntimeException {
  private final int code;
  private final String reason;
  private final transient ObjectNode details;
  private final String next;

  private ApiError(int code, String reason, String message, ObjectNode details) {
    this(code, reason, message, details, "");
  }

  private ApiError(int code, String reason, String message, ObjectNode details, String next) {
    super(message, null, false, false);
    this.next = next;
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
    ObjectNode metadata = status.putObject("metadata");
    if (!next.isEmpty()) {
      metadata.put("continue", next);
    }
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

  /** Somebody applies fields that others own with other values. */
  public static ApiError applyConflict(List<FieldError> conflicts) {
    TreeMap<String, List<String>> fields = new TreeMap<>();
    conflicts.forEach(conflict ->
        fields
            .computeIfAbsent(
                conflict.message().replaceFirst("conflict", "conflicts"), none -> new ArrayList<>())
            .add("- " + conflict.field()));
    String text =
        conflicts.size() == 1
            ? conflicts.getFirst().message() + ": " + conflicts.getFirst().field()
            : fields.entrySet().stream()
                .map(owner -> owner.getKey() + ":\n" + String.join("\n", owner.getValue()))
                .collect(Collectors.joining("\n"));
    String count = conflicts.size() == 1 ? "1 conflict" : conflicts.size() + " conflicts";
    ObjectNode details = Json.object();
    addCauses(details, conflicts);
    return new ApiError(409, "Conflict", "Apply failed with " + count + ": " + text, details);
  }

  public static ApiError invalid(String group, String kind, String name, List<FieldError> errors) {
    String list = errors.stream().map(FieldError::text).collect(Collectors.joining(", "));
    String text = errors.size() == 1 ? list : "[" + list + "]";
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    ObjectNode details = details(new GroupResource(group, kind), name);
    addCauses(details, errors);
    String message = "%s \"%s\" is invalid: %s".formatted(qualified, name, text);
    return new ApiError(422, "Invalid", message, details);
  }

  /** A patch that can be read but not applied. */
  public static ApiError unprocessable(String message) {
    return new ApiError(422, "Invalid", message, Json.object());
  }

  /** What the real server does not classify: it calls it an error of its own. */
  public static ApiError unclassified(String message) {
    return new ApiError(500, "", message, Json.object());
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

  /** A list's next page, where the version of the first one is forgotten. */
  public static ApiError expiredPage(String next) {
    return new ApiError(
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can"
            + " start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided"
            + " token results in an inconsistent list - objects that were created, modified, or"
            + " deleted between the time the first chunk was returned and now may show up in the"
            + " list.",
        Json.object(),
        next);
  }

  /**
   * An eviction that a disruption budget does not allow.
   *
   * @param retrySeconds 0: nobody knows when it will
   */
  public static ApiError disrupts(String why, int retrySeconds) {
    ObjectNode details = Json.object();
    addCauses(details, List.of(new FieldError("DisruptionBudget", why, "")));
    if (retrySeconds > 0) {
      details.put("retryAfterSeconds", retrySeconds);
    }
    String message = "Cannot evict pod as it would violate the pod's disruption budget.";
    return new ApiError(429, "TooManyRequests", message, details);
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

  /** A patch of a type that the kind does not take. */
  public static ApiError unknownPatch(List<String> accepted) {
    List<String> all = new ArrayList<>(accepted);
    all.add("application/apply-patch+yaml");
    String message =
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", all);
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

  private static void addCauses(ObjectNode details, List<FieldError> errors) {
    ArrayNode causes = details.putArray("causes");
    for (FieldError error : errors) {
      ObjectNode cause = causes.addObject();
      cause.put("reason", error.reason()).put("message", error.message());
      if (!error.field().isEmpty()) {
        cause.put("field", error.field());
      }
    }
  }

  private static ObjectNode details(GroupResource resource, String name) {
    ObjectNode details = Json.object().put("name", name);
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.plural());
  }
}

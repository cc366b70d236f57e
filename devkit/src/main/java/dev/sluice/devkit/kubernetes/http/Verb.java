package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.Locale;

/** What a request does, in the words of Kubernetes. */
enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  DELETECOLLECTION;

  static Verb of(Request request, Target target) {
    boolean collection = target.isCollection();
    return switch (request.method()) {
      case "GET" -> !collection ? GET : request.isWatch() ? WATCH : LIST;
      case "POST" -> CREATE;
      case "PUT" -> UPDATE;
      case "PATCH" -> PATCH;
      case "DELETE" -> collection ? DELETECOLLECTION : DELETE;
      default -> throw ApiError.methodNotAllowed(request.method(), request.path());
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

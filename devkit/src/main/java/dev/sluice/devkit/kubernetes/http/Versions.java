package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.object.ApiError;

/** The resourceVersion that a reader asks for. */
final class Versions {
  private Versions() {}

  /** 0 where none is given. */
  static long asked(Request request) {
    String text = request.option("resourceVersion");
    try {
      return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException unreadable) {
      throw ApiError.badRequest("resourceVersion: Invalid value: " + text);
    }
  }

  /** The version in which a list is answered; refuses one that is not reached yet. */
  static long readable(Request request, long current) {
    long asked = asked(request);
    if (asked > current) {
      throw ApiError.tooLargeVersion(asked, current);
    }
    String match = request.option("resourceVersionMatch");
    return switch (match) {
      case "", "NotOlderThan" -> current;
      case "Exact" -> asked;
      default -> throw ApiError.badRequest("resourceVersionMatch: Unsupported value: " + match);
    };
  }
}

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

  /** Refuses a read whose wish the current state cannot fulfil. */
  static void checkReadable(Request request, long current) {
    long asked = asked(request);
    if (asked > current) {
      throw ApiError.tooLargeVersion(asked, current);
    }
    String match = request.option("resourceVersionMatch");
    switch (match) {
      case "", "NotOlderThan" -> {}
      case "Exact" -> {
        if (asked != current) {
          // Only the current state is kept.
          throw ApiError.expired("The provided resource version is too old: " + asked);
        }
      }
      default -> throw ApiError.badRequest("resourceVersionMatch: Unsupported value: " + match);
    }
    if (!request.option("continue").isEmpty()) {
      throw ApiError.badRequest("continue key is not valid: every list is complete here");
    }
  }
}

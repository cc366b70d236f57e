package dev.sluice.devkit.kubernetes.store;

import dev.sluice.devkit.kubernetes.object.ApiError;
import java.util.List;

/** What to do about fields that the kind does not have. */
public enum FieldValidation {
  IGNORE,
  WARN,
  STRICT;

  /** As the query parameter fieldValidation names it; Warn is what the real server does unasked. */
  public static FieldValidation of(String fieldValidation) {
    return switch (fieldValidation) {
      case "", "Warn" -> WARN;
      case "Ignore" -> IGNORE;
      case "Strict" -> STRICT;
      default ->
          throw ApiError.badRequest("fieldValidation: Unsupported value: " + fieldValidation);
    };
  }

  /** The warnings for dropped fields; with Strict they are an error. */
  List<String> judge(List<String> dropped) {
    List<String> unknown = dropped.stream().map(path -> "unknown field \"" + path + "\"").toList();
    if (this == STRICT && !unknown.isEmpty()) {
      throw ApiError.badRequest("strict decoding error: " + String.join(", ", unknown));
    }
    return this == WARN ? unknown : List.of();
  }
}

package dev.sluice.crd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with an object, in the words of Kubernetes' field errors, in the order of
 * discovery.
 */
final class FieldErrors {

  private final List<String> errors = new ArrayList<>();

  Optional<String> first() {
    return errors.stream().findFirst();
  }

  void invalid(String path, String value, String detail) {
    invalidJson(path, quoted(value), detail);
  }

  void invalid(String path, long value, String detail) {
    invalidJson(path, Long.toString(value), detail);
  }

  void invalid(String path, boolean value, String detail) {
    invalidJson(path, Boolean.toString(value), detail);
  }

  /**
   * @param json the value as Go writes it
   */
  void invalidJson(String path, String json, String detail) {
    add(path, "Invalid value: " + json, detail);
  }

  void required(String path, String detail) {
    add(path, "Required value", detail);
  }

  void forbidden(String path, String detail) {
    add(path, "Forbidden", detail);
  }

  void internal(String path, String detail) {
    add(path, "Internal error", detail);
  }

  void duplicate(String path, String value) {
    add(path, "Duplicate value: " + quoted(value), "");
  }

  void notFound(String path, String value) {
    add(path, "Not found: " + quoted(value), "");
  }

  /** An error unless the value is one of those that are supported. */
  void oneOf(String path, String value, String... supported) {
    if (!List.of(supported).contains(value)) {
      String values =
          Stream.of(supported).map(FieldErrors::quoted).collect(Collectors.joining(", "));
      add(path, "Unsupported value: " + quoted(value), "supported values: " + values);
    }
  }

  void nonNegative(String path, Integer value) {
    if (value != null && value < 0) {
      invalid(path, value, "must be greater than or equal to 0");
    }
  }

  private void add(String path, String what, String detail) {
    errors.add(path + ": " + what + (detail.isEmpty() ? "" : ": " + detail));
  }

  private static String quoted(String value) {
    String escaped =
        value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return '"' + escaped + '"';
  }
}

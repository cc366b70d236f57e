package dev.sluice.devkit.kubernetes.object;

import java.util.Set;

/**
 * One thing that is wrong with an object.
 *
 * @param reason as the API names causes: FieldValueInvalid, FieldValueRequired, ...
 * @param message what is wrong, without the field's name
 * @param field path from the root, such as {@code spec.replicas}
 */
public record FieldError(String reason, String message, String field) {
  public static FieldError invalid(String field, String value, String why) {
    return new FieldError(
        "FieldValueInvalid", "Invalid value: %s: %s".formatted(value, why), field);
  }

  public static FieldError wrongType(String field, String actual, String wanted) {
    String message =
        "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
            .formatted(actual, field, wanted, actual);
    return new FieldError("FieldValueTypeInvalid", message, field);
  }

  public static FieldError tooLong(String field, int limit) {
    String unit = limit == 1 ? "byte" : "bytes";
    return new FieldError(
        "FieldValueTooLong", "Too long: may not be more than %d %s".formatted(limit, unit), field);
  }

  public static FieldError tooMany(String field, int actual, int limit) {
    String unit = limit == 1 ? "item" : "items";
    return new FieldError(
        "FieldValueTooMany",
        "Too many: %d: must have at most %d %s".formatted(actual, limit, unit),
        field);
  }

  public static FieldError duplicate(String field, String value) {
    return new FieldError("FieldValueDuplicate", "Duplicate value: " + value, field);
  }

  /** Some errors keep the server from asking the rules; it says so. */
  public static FieldError rulesNotChecked() {
    return invalid(
        "<nil>",
        "null",
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
  }

  /** Whether this error keeps the server from asking a schema's rules. */
  public boolean blocksRules() {
    return Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid")
        .contains(reason);
  }

  public static FieldError required(String field, String why) {
    String detail = why.isEmpty() ? "" : ": " + why;
    return new FieldError("FieldValueRequired", "Required value" + detail, field);
  }

  public static FieldError unsupported(String field, String value, String supported) {
    return new FieldError(
        "FieldValueNotSupported",
        "Unsupported value: %s: supported values: %s".formatted(value, supported),
        field);
  }

  public String text() {
    return field + ": " + message;
  }
}

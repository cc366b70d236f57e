package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that every object's metadata obeys. */
final class MetadataCheck {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_KEY =
      Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private MetadataCheck() {}

  static List<FieldError> check(ObjectNode object) {
    List<FieldError> errors = new ArrayList<>();
    String name = Json.text(object, "/metadata/name");
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else if (name.length() > 253 || !NAME.matcher(name).matches()) {
      errors.add(
          FieldError.invalid(
              "metadata.name",
              '"' + name + '"',
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"));
    }
    for (Map.Entry<String, JsonNode> label : object.at("/metadata/labels").properties()) {
      checkLabel(label.getKey(), label.getValue().asText(), errors);
    }
    int position = 0;
    for (JsonNode owner : object.at("/metadata/ownerReferences")) {
      checkOwner(owner, "metadata.ownerReferences[" + position++ + "]", errors);
    }
    return errors;
  }

  /** A finalizer cannot be added to an object that is being deleted. */
  static List<FieldError> checkFinalizers(ObjectNode old, ObjectNode wanted) {
    Set<String> added = new HashSet<>(Json.texts(wanted.at("/metadata/finalizers")));
    Json.texts(old.at("/metadata/finalizers")).forEach(added::remove);
    if (added.isEmpty() || !old.path("metadata").has("deletionTimestamp")) {
      return List.of();
    }
    return List.of(
        new FieldError(
            "FieldValueForbidden",
            "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
                + added,
            "metadata.finalizers"));
  }

  private static void checkLabel(String key, String value, List<FieldError> errors) {
    if (!LABEL_KEY.matcher(key).matches()) {
      errors.add(
          FieldError.invalid("metadata.labels", '"' + key + '"', "is not a qualified label name"));
    }
    if (!LABEL_VALUE.matcher(value).matches()) {
      errors.add(
          FieldError.invalid(
              "metadata.labels",
              '"' + value + '"',
              "is not a label value of at most 63 characters"));
    }
  }

  private static void checkOwner(JsonNode owner, String path, List<FieldError> errors) {
    for (String required : List.of("apiVersion", "kind", "name", "uid")) {
      if (owner.path(required).asText("").isEmpty()) {
        errors.add(FieldError.invalid(path + "." + required, "\"\"", "must not be empty"));
      }
    }
  }
}

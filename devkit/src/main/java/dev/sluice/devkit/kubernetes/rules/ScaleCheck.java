package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.ScalePaths;
import dev.sluice.devkit.kubernetes.object.FieldError;
import java.util.ArrayList;
import java.util.List;

/** The counts that a custom kind's scale subresource shows must be counts, whatever the schema. */
final class ScaleCheck {
  private ScaleCheck() {}

  static List<FieldError> check(ObjectNode object, ScalePaths paths) {
    List<FieldError> errors = new ArrayList<>();
    for (String pointer : List.of(paths.specReplicas(), paths.statusReplicas())) {
      String field = pointer.replace('/', '.');
      JsonNode count = object.at(pointer);
      if (count.isMissingNode()) {
        continue;
      }
      if (!count.isIntegralNumber()) {
        String why = "%s accessor error: %s is of the type %s, expected int64";
        errors.add(
            FieldError.invalid(field, "0", why.formatted(field, count.asText(), type(count))));
      } else if (count.asLong() < 0) {
        errors.add(FieldError.invalid(field, count.asText(), "should be a non-negative integer"));
      }
    }
    return errors;
  }

  /** As the server's language names it. */
  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, BINARY, POJO -> "string";
      case BOOLEAN -> "bool";
      case NUMBER -> "float64";
      case ARRAY -> "[]interface {}";
      case OBJECT -> "map[string]interface {}";
      case NULL, MISSING -> "<nil>";
    };
  }
}

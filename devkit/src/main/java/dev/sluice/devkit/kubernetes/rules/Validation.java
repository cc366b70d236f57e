package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Immutability;
import dev.sluice.devkit.kubernetes.schema.SchemaValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Refuses an object that the kind's rules do not allow, telling everything that is wrong. */
public final class Validation {
  private Validation() {}

  public static void checkNew(Kind kind, ObjectNode object) {
    refuse(kind, object, errors(kind, object));
  }

  public static void checkUpdate(Kind kind, ObjectNode old, ObjectNode wanted) {
    List<FieldError> errors = errors(kind, wanted);
    errors.addAll(MetadataCheck.checkFinalizers(old, wanted));
    if (kind.is(Trait.CUSTOM) && errors.stream().noneMatch(FieldError::blocksRules)) {
      errors.addAll(Immutability.check(old, wanted, kind.schema()));
    }
    boolean fixedSelector = List.of("ReplicaSet", "Deployment").contains(kind.name());
    if (fixedSelector && !Json.same(old.at("/spec/selector"), wanted.at("/spec/selector"))) {
      String value = wanted.at("/spec/selector").toString();
      errors.add(FieldError.invalid("spec.selector", value, "field is immutable"));
    }
    refuse(kind, wanted, errors);
  }

  private static List<FieldError> errors(Kind kind, ObjectNode object) {
    List<FieldError> errors = new ArrayList<>(MetadataCheck.check(object));
    if (kind.is(Trait.CUSTOM)) {
      errors.addAll(SchemaValidation.check(object, kind.schema()));
      kind.scale().ifPresent(paths -> errors.addAll(ScaleCheck.check(object, paths)));
      if (errors.stream().anyMatch(FieldError::blocksRules)
          && Immutability.isAsked(kind.schema())) {
        errors.add(FieldError.rulesNotChecked());
      }
    }
    if (List.of("ReplicaSet", "Deployment").contains(kind.name())) {
      checkSelector(object, errors);
    }
    return errors;
  }

  /** A selector that does not match its own template would make pods without end. */
  private static void checkSelector(ObjectNode object, List<FieldError> errors) {
    var wanted = object.at("/spec/selector/matchLabels").properties();
    var labels = object.at("/spec/template/metadata/labels");
    if (wanted.isEmpty() && object.at("/spec/selector/matchExpressions").isEmpty()) {
      errors.add(FieldError.required("spec.selector", ""));
    }
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> label : wanted) {
      if (!label.getValue().equals(labels.path(label.getKey()))) {
        errors.add(
            FieldError.invalid(
                "spec.template.metadata.labels",
                labels.toString(),
                "`selector` does not match template `labels`"));
        return;
      }
    }
  }

  private static void refuse(Kind kind, ObjectNode object, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      String name = Json.text(object, "/metadata/name");
      throw ApiError.invalid(kind.group(), kind.name(), name, errors);
    }
  }
}

package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.FieldSelector;
import dev.sluice.devkit.kubernetes.object.LabelSelector;
import java.util.function.Predicate;

/** The selectors of a request as one predicate. */
final class Selection {
  private Selection() {}

  static boolean isEmpty(Request request) {
    return request.option("labelSelector").isEmpty() && request.option("fieldSelector").isEmpty();
  }

  static Predicate<JsonNode> of(Request request, Kind kind) {
    LabelSelector labels = LabelSelector.parse(request.option("labelSelector"));
    FieldSelector fields =
        FieldSelector.parse(
            request.option("fieldSelector"), kind.selectableFields(), kind::unselectable);
    return labels.and(fields);
  }
}

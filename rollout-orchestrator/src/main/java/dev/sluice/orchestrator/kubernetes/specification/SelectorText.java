package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.LabelSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A label selector as one line, the way {@code status.selector} holds it for autoscalers. */
final class SelectorText {

  private SelectorText() {}

  static String of(LabelSelector selector) {
    Map<String, String> parts = new TreeMap<>();
    if (selector.matchLabels != null) {
      selector.matchLabels.forEach((key, value) -> parts.put(key, key + "=" + value));
    }
    List<LabelSelector.Requirement> expressions =
        selector.matchExpressions == null ? List.of() : selector.matchExpressions;
    for (LabelSelector.Requirement each : expressions) {
      parts.merge(each.key, text(each), (a, b) -> a + "," + b);
    }
    return String.join(",", parts.values());
  }

  private static String text(LabelSelector.Requirement requirement) {
    List<String> values =
        new ArrayList<>(requirement.values == null ? List.of() : requirement.values);
    Collections.sort(values);
    String list = "(" + String.join(",", values) + ")";
    return switch (requirement.operator) {
      case "In" -> requirement.key + " in " + list;
      case "NotIn" -> requirement.key + " notin " + list;
      case "DoesNotExist" -> "!" + requirement.key;
      case null, default -> requirement.key;
    };
  }
}

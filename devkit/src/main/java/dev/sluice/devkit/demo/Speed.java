package dev.sluice.devkit.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.crd.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Manifests for an impatient audience: a copy in which all that takes time takes less. The services
 * know nothing of it.
 */
final class Speed {

  /** What is to be waited for; limits of single requests stay. */
  private static final Set<String> DURATIONS =
      Set.of(
          "duration",
          "interval",
          "initialDelay",
          "abortScaleDownDelaySeconds",
          "scaleDownDelaySeconds",
          "autoPromotionSeconds",
          "progressDeadlineSeconds",
          "minReadySeconds");

  /**
   * One field that differs from the file.
   *
   * @param object kind and name
   * @param field path in the object
   */
  record Change(String object, String field, String from, String to) {}

  /** The copy, and what is different in it. */
  record Rendered(List<ObjectNode> documents, List<Change> changes) {}

  private final int factor;
  private final String object;
  private final List<Change> changes;

  private Speed(int factor, String object, List<Change> changes) {
    this.factor = factor;
    this.object = object;
    this.changes = changes;
  }

  /**
   * Divides durations in fields and in PromQL ranges, rounded up to whole seconds; a range is at
   * least {@link PromqlRanges#SHORTEST}. Pod templates stay as they are.
   *
   * @param factor at least 1; 1 changes nothing
   */
  static Rendered render(List<ObjectNode> documents, int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException("--speed is 1 or more, not " + factor);
    }
    var changes = new ArrayList<Change>();
    var copies = new ArrayList<ObjectNode>();
    for (ObjectNode document : documents) {
      var copy = document.deepCopy();
      copies.add(copy);
      if (factor > 1 && copy.path("apiVersion").asText().startsWith("argoproj.io/")) {
        String name = copy.path("kind").asText() + " " + copy.at("/metadata/name").asText();
        new Speed(factor, name, changes).rewrite(copy.path("spec"), "spec");
      }
    }
    return new Rendered(List.copyOf(copies), List.copyOf(changes));
  }

  private void rewrite(JsonNode node, String path) {
    switch (node) {
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          rewrite(array.get(i), path + "[" + i + "]");
        }
      }
      case ObjectNode fields -> {
        for (var field : List.copyOf(fields.properties())) {
          String at = path + "." + field.getKey();
          if (at.equals("spec.template")) {
            continue; // another pod template is another revision
          }
          JsonNode value = field.getValue();
          JsonNode faster = faster(field.getKey(), value);
          if (faster == null) {
            rewrite(value, at);
          } else if (!faster.equals(value)) {
            fields.set(field.getKey(), faster);
            note(at, value, faster);
          }
        }
      }
      default -> {}
    }
  }

  /** Null where the field is neither a duration nor a query. */
  private JsonNode faster(String name, JsonNode value) {
    if (DURATIONS.contains(name) && value.isInt()) {
      return IntNode.valueOf((int) faster(Duration.ofSeconds(value.intValue())).toSeconds());
    }
    if (DURATIONS.contains(name) && value.isTextual()) {
      String text = value.textValue();
      var duration =
          text.matches("\\d+") ? Duration.ofSeconds(Long.parseLong(text)) : GoDuration.parse(text);
      return TextNode.valueOf(faster(duration).toSeconds() + "s");
    }
    if (name.equals("query") && value.isTextual()) {
      return TextNode.valueOf(PromqlRanges.rewrite(value.textValue(), this::faster));
    }
    return null;
  }

  private Duration faster(Duration duration) {
    return Duration.ofSeconds(Math.ceilDiv(duration.toMillis(), 1_000L * factor));
  }

  private void note(String field, JsonNode from, JsonNode to) {
    if (field.endsWith(".query")) {
      PromqlRanges.differences(from.textValue(), to.textValue())
          .forEach(change -> changes.add(new Change(object, field, change.from(), change.to())));
    } else {
      changes.add(new Change(object, field, from.asText(), to.asText()));
    }
  }
}

package dev.sluice.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.AnalysisPhase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How scenarios write experiments, and the Experiment objects: what they come to is what the
 * scenario says.
 */
final class ExperimentScript {

  private final Map<String, Cluster.Experiment> objects = new TreeMap<>();
  private final Set<String> made = new HashSet<>();

  /** {@code experiment}, {@code experiment 60s} or {@code experiment until g}. */
  static Step step(String text) {
    String rest = text.substring("experiment".length()).strip();
    boolean required = rest.startsWith("until ");
    return new Step.Experiment(
        new ExperimentPlan(
            List.of("baseline", "canary"),
            rest.isEmpty() || required ? null : Duration.parse("PT" + rest.toUpperCase()),
            List.of(
                new ExperimentPlan.Analysis(
                    "g",
                    required,
                    List.of(new ExperimentPlan.Argument("h", Arguments.CANARY_HASH))))));
  }

  /** Makes the object that is wanted, and marks all others; says whether anything changed. */
  boolean write(Rollout rollout, Consumer<String> line) {
    StepExperiment wanted = rollout.experiment();
    String live = wanted == null || wanted.isCompleted() ? "" : wanted.name();
    boolean changed = false;
    if (!live.isEmpty() && made.add(live)) {
      line.accept("  creates Experiment " + live + " " + wanted.plan().analyses());
      objects.put(live, new Cluster.Experiment(null, "", false));
      changed = true;
    }
    for (Map.Entry<String, Cluster.Experiment> each : objects.entrySet()) {
      Cluster.Experiment there = each.getValue();
      boolean over = there.phase() != null && there.phase().isCompleted();
      if (!each.getKey().equals(live) && !there.terminated() && !over) {
        line.accept("  terminates Experiment " + each.getKey());
        each.setValue(new Cluster.Experiment(there.phase(), there.message(), true));
        changed = true;
      }
    }
    return changed;
  }

  /** What is seen of it: only that is looked at which is waited for. */
  Map<String, Cluster.Experiment> seen(Rollout rollout) {
    StepExperiment wanted = rollout.experiment();
    return wanted == null || !objects.containsKey(wanted.name())
        ? Map.of()
        : Map.of(wanted.name(), objects.get(wanted.name()));
  }

  /** Something happens to the newest, or to the one that is named. */
  void play(JsonNode value) {
    String name =
        value.has("name") ? value.get("name").asText() : ((TreeMap<String, ?>) objects).lastKey();
    Cluster.Experiment there = objects.get(name);
    if (value.path("deleted").asBoolean()) {
      objects.remove(name);
      return;
    }
    objects.put(
        name,
        new Cluster.Experiment(
            value.has("phase")
                ? AnalysisPhase.valueOf(value.get("phase").asText().toUpperCase())
                : there.phase(),
            value.path("message").asText(""),
            there.terminated() || value.path("marked").asBoolean()));
  }
}

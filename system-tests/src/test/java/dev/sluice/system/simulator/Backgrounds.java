package dev.sluice.system.simulator;

import dev.sluice.events.MetricSpec;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.Specification.Background;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Analyses beside the steps, by name. */
final class Backgrounds {

  /** The name of no analysis. */
  static final String NONE = "none";

  private static final Map<String, Background> BACKGROUNDS =
      new TreeMap<>(
          Map.of(
              "endless", new Background(0, plan(StepLists.endless("error-rate"))),
              "late", new Background(2, plan(StepLists.endless("memory"))),
              "finite", new Background(1, plan(StepLists.metric("latency"))),
              "mixed",
                  new Background(
                      0, plan(StepLists.metric("throughput"), StepLists.endless("memory")))));

  private Backgrounds() {}

  /** Null for none. */
  static Background named(String name) {
    return BACKGROUNDS.get(name);
  }

  /** Half of all draws are none. */
  static String by(Chaos chaos) {
    return chaos.oneIn(2) ? NONE : chaos.oneOf(List.copyOf(BACKGROUNDS.keySet()));
  }

  private static RunPlan plan(MetricSpec... metrics) {
    return new RunPlan(List.of(metrics), Map.of());
  }
}

package dev.sluice.orchestrator;

import dev.sluice.events.MetricSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is to measure, with everything filled in but what only its start knows: for that,
 * {@link Arguments} has tokens.
 *
 * @param metrics at least one
 * @param arguments that the templates declare, with values: shown on the AnalysisRun
 */
public record RunPlan(List<MetricSpec> metrics, Map<String, String> arguments) {

  /** Copies the list and the map, sorted. */
  public RunPlan {
    metrics = List.copyOf(metrics);
    arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
  }
}

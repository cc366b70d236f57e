package dev.sluice.orchestrator;

import dev.sluice.events.MetricSpec;
import dev.sluice.events.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What only the start of a run knows: the hashes, and fields of the Rollout's status. Tokens stand
 * for it until then; all other arguments were filled in by the edge.
 */
public final class Arguments {

  /** Stands for the hash of the revision under judgement. */
  public static final String CANARY_HASH = "\u0001canary-hash\u0001";

  /** Stands for the hash of the stable revision. */
  public static final String STABLE_HASH = "\u0001stable-hash\u0001";

  private static final Pattern TOKEN = Pattern.compile("\u0001([^\u0001]*)\u0001");

  private final Function<String, String> values;

  private Arguments(Function<String, String> values) {
    this.values = values;
  }

  /**
   * Stands for a field of the Rollout's status.
   *
   * @param path for instance {@code status.stableRS}
   * @return empty where status has no such field with a single value
   */
  public static Optional<String> ofStatus(String path) {
    return StatusFields.isKnown(path) ? Optional.of("\u0001" + path + "\u0001") : Optional.empty();
  }

  /** The values for a run that starts now. */
  static Arguments of(Rollout rollout) {
    return new Arguments(name ->
        switch (name) {
          case "canary-hash" -> rollout.revision().podHash();
          case "stable-hash" -> rollout.stableHash();
          default -> StatusFields.find(rollout, name);
        });
  }

  RunPlan fill(RunPlan plan) {
    Map<String, String> filled = new TreeMap<>();
    plan.arguments().forEach((name, value) -> filled.put(name, fill(value)));
    return new RunPlan(plan.metrics().stream().map(this::fill).toList(), filled);
  }

  ExperimentPlan fill(ExperimentPlan plan) {
    return new ExperimentPlan(
        plan.templates(), plan.duration(), plan.analyses().stream().map(this::fill).toList());
  }

  private ExperimentPlan.Analysis fill(ExperimentPlan.Analysis analysis) {
    return new ExperimentPlan.Analysis(
        analysis.name(),
        analysis.required(),
        analysis.arguments().stream()
            .map(each -> new ExperimentPlan.Argument(each.name(), fill(each.value())))
            .toList());
  }

  private MetricSpec fill(MetricSpec metric) {
    return new MetricSpec(
        fill(metric.name()),
        metric.interval(),
        metric.initialDelay(),
        metric.count(),
        fill(metric.successCondition()),
        fill(metric.failureCondition()),
        metric.failureLimit(),
        metric.inconclusiveLimit(),
        metric.consecutiveErrorLimit(),
        metric.consecutiveSuccessLimit(),
        metric.dryRun(),
        metric.measurementRetention(),
        metric.noData(),
        switch (metric.provider()) {
          case Provider.Prometheus(String address, String query, var timeout) ->
              new Provider.Prometheus(address, fill(query), timeout);
        });
  }

  private String fill(String text) {
    return text == null
        ? null
        : TOKEN
            .matcher(text)
            .replaceAll(token -> Matcher.quoteReplacement(values.apply(token.group(1))));
  }
}

package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.ExperimentStep;
import dev.sluice.crd.GoDuration;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.orchestrator.ExperimentPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an experiment step is to try, as far as decisions are about it. */
final class ExperimentReader {

  private final Rollout rollout;

  ExperimentReader(Rollout rollout) {
    this.rollout = rollout;
  }

  /**
   * Reads a step.
   *
   * @param path of it, for messages
   */
  ExperimentPlan read(String path, ExperimentStep step) throws InvalidManifest {
    List<ExperimentPlan.Analysis> analyses = new ArrayList<>();
    for (ExperimentStep.Analysis each : orEmpty(step.analyses)) {
      analyses.add(
          new ExperimentPlan.Analysis(
              each.name,
              Boolean.TRUE.equals(each.requiredForCompletion),
              arguments(path + ".analyses[" + analyses.size() + "].args", each)));
    }
    return new ExperimentPlan(
        templates(path + ".templates", step), duration(path + ".duration", step), analyses);
  }

  private static List<String> templates(String path, ExperimentStep step) throws InvalidManifest {
    List<String> names = new ArrayList<>();
    for (ExperimentStep.Template each : orEmpty(step.templates)) {
      if (!"canary".equals(each.specRef) && !"stable".equals(each.specRef)) {
        throw InvalidManifest.invalid(
            path + "[" + names.size() + "].specRef",
            String.valueOf(each.specRef),
            "Invalid template step SpecRef: must be canary or stable");
      }
      names.add(each.name);
    }
    if (names.isEmpty()) {
      throw InvalidManifest.required(path, "an experiment runs at least one template");
    }
    return names;
  }

  private static Duration duration(String path, ExperimentStep step) throws InvalidManifest {
    if (step.duration == null || step.duration.isEmpty()) {
      return null;
    }
    try {
      return GoDuration.parse(step.duration);
    } catch (IllegalArgumentException malformed) {
      throw InvalidManifest.invalid(path, step.duration, malformed.getMessage());
    }
  }

  // Unlike for a run of our own, what its template declares is not known here: all that is passed
  // is passed on, as it was written.
  private List<ExperimentPlan.Argument> arguments(String path, ExperimentStep.Analysis analysis)
      throws InvalidManifest {
    Map<String, String> values = ArgumentValues.passed(rollout, path, orEmpty(analysis.args));
    return orEmpty(analysis.args).stream()
        .map((RolloutAnalysis.Argument each) ->
            new ExperimentPlan.Argument(each.name, values.getOrDefault(each.name, "")))
        .toList();
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}

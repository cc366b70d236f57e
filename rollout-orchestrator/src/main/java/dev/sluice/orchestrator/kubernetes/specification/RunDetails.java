package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.DryRun;
import dev.sluice.crd.MeasurementRetention;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.crd.TemplateMetadata;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.List;
import java.util.Map;

/**
 * What an AnalysisRun object shows beside its metrics. Decisions do not need it, so it is read when
 * the object is made; where the manifest has changed meanwhile it is left out.
 *
 * @param arguments declared by the templates, with values; the two hashes as their tokens
 * @param dryRun which metrics have no say
 * @param retention how many measurements are kept
 * @param metadata that the user wants on the object
 */
public record RunDetails(
    Map<String, String> arguments,
    List<DryRun> dryRun,
    List<MeasurementRetention> retention,
    TemplateMetadata metadata) {

  private static final RunDetails NONE =
      new RunDetails(Map.of(), List.of(), List.of(), new TemplateMetadata());

  /**
   * The details of the run of a step.
   *
   * @param step its index
   */
  public static RunDetails of(Rollout rollout, int step, References references) {
    List<CanaryStep> steps =
        rollout.getSpec() == null
                || rollout.getSpec().strategy == null
                || rollout.getSpec().strategy.canary == null
                || rollout.getSpec().strategy.canary.steps == null
            ? List.of()
            : rollout.getSpec().strategy.canary.steps;
    if (step < 0 || step >= steps.size() || steps.get(step).analysis == null) {
      return NONE;
    }
    RolloutAnalysis analysis = steps.get(step).analysis;
    try {
      List<Template> templates = TemplateResolver.resolve(references, "", analysis.templates);
      return new RunDetails(
          ArgumentValues.of(rollout, "", templates, analysis).declared(),
          MetricRules.dryRuns(templates, analysis),
          MetricRules.retentions(templates, analysis),
          analysis.analysisRunMetadata == null
              ? new TemplateMetadata()
              : analysis.analysisRunMetadata);
    } catch (InvalidManifest changed) {
      return NONE;
    }
  }
}

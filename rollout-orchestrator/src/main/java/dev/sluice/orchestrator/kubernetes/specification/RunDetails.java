package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.DryRun;
import dev.sluice.crd.MeasurementRetention;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.crd.TemplateMetadata;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.List;

/**
 * What an AnalysisRun object shows beside its metrics. Decisions do not need it, so it is read when
 * the object is made; where the manifest has changed meanwhile it is left out.
 *
 * @param dryRun which metrics have no say
 * @param retention how many measurements are kept
 * @param metadata that the user wants on the object
 */
public record RunDetails(
    List<DryRun> dryRun, List<MeasurementRetention> retention, TemplateMetadata metadata) {

  private static final RunDetails NONE =
      new RunDetails(List.of(), List.of(), new TemplateMetadata());

  /** The details of a run. */
  public static RunDetails of(Rollout rollout, Run run, References references) {
    RolloutAnalysis analysis =
        rollout.getSpec() == null
                || rollout.getSpec().strategy == null
                || rollout.getSpec().strategy.canary == null
            ? null
            : analysis(rollout.getSpec().strategy.canary, run);
    if (analysis == null) {
      return NONE;
    }
    try {
      List<Template> templates = TemplateResolver.resolve(references, "", analysis.templates);
      return new RunDetails(
          MetricRules.dryRuns(templates, analysis),
          MetricRules.retentions(templates, analysis),
          analysis.analysisRunMetadata == null
              ? new TemplateMetadata()
              : analysis.analysisRunMetadata);
    } catch (InvalidManifest changed) {
      return NONE;
    }
  }

  private static RolloutAnalysis analysis(CanaryStrategy canary, Run run) {
    return switch (run.role()) {
      case STEP ->
          canary.steps == null || run.step() >= canary.steps.size()
              ? null
              : canary.steps.get(run.step()).analysis;
      case BACKGROUND -> canary.analysis;
      case PRE_PROMOTION, POST_PROMOTION, GUARD -> null;
    };
  }
}

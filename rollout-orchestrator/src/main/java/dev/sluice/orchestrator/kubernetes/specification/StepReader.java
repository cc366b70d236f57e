package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.GoDuration;
import dev.sluice.orchestrator.Step;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The canary steps, as decisions know them. */
final class StepReader {

  private final AnalysisReader analyses;
  private final PluginReader plugins;
  private final ExperimentReader experiments;

  StepReader(AnalysisReader analyses, PluginReader plugins, ExperimentReader experiments) {
    this.analyses = analyses;
    this.plugins = plugins;
    this.experiments = experiments;
  }

  List<Step> read(List<CanaryStep> steps) throws InvalidManifest {
    List<Step> read = new ArrayList<>();
    for (CanaryStep step : steps == null ? List.<CanaryStep>of() : steps) {
      read.add(read(step, "spec.strategy.canary.steps[" + read.size() + "]"));
    }
    return read;
  }

  private Step read(CanaryStep step, String path) throws InvalidManifest {
    Step main = main(step, path);
    return step.setCanaryScale == null || main instanceof Step.SetCanaryScale
        ? main
        : new Step.Scaled(scale(path + ".setCanaryScale", step.setCanaryScale), main);
  }

  private Step main(CanaryStep step, String path) throws InvalidManifest {
    if (step.pause != null) {
      return pause(step.pause.duration);
    }
    if (step.setWeight != null) {
      return new Step.SetWeight(step.setWeight);
    }
    if (step.setCanaryScale != null) {
      return scale(path + ".setCanaryScale", step.setCanaryScale);
    }
    if (step.experiment != null) {
      return new Step.Experiment(experiments.read(path + ".experiment", step.experiment));
    }
    if (step.analysis != null) {
      return new Step.Analysis(analyses.finite(path + ".analysis.templates", step.analysis));
    }
    if (step.setHeaderRoute != null) {
      return new Step.SetRoute(ManagedRoutes.header(step.setHeaderRoute));
    }
    if (step.setMirrorRoute != null) {
      return new Step.SetRoute(ManagedRoutes.mirror(step.setMirrorRoute));
    }
    if (step.plugin != null) {
      return plugins.read(path + ".plugin", step.plugin);
    }
    throw InvalidManifest.required(
        path,
        "a step is setWeight, setCanaryScale, pause, analysis, experiment, setHeaderRoute,"
            + " setMirrorRoute or plugin");
  }

  // matchTrafficWeight goes before both, replicas before weight; with none of them the canary is
  // scaled as its weight asks.
  private static Step.SetCanaryScale scale(String path, CanaryStep.SetCanaryScale scale)
      throws InvalidManifest {
    boolean matches = Boolean.TRUE.equals(scale.matchTrafficWeight);
    if (scale.replicas != null && !matches) {
      return new Step.SetCanaryScale.Replicas(natural(path + ".replicas", scale.replicas));
    }
    if (scale.weight != null && !matches) {
      return new Step.SetCanaryScale.Weight(natural(path + ".weight", scale.weight));
    }
    return new Step.SetCanaryScale.MatchTrafficWeight();
  }

  private static int natural(String path, int value) throws InvalidManifest {
    if (value < 0) {
      throw InvalidManifest.invalid(path, Integer.toString(value), "must be 0 or more");
    }
    return value;
  }

  private static Step pause(IntOrString duration) {
    if (duration == null) {
      return new Step.EndlessPause();
    }
    String written =
        duration.getIntVal() == null ? duration.getStrVal() : duration.getIntVal().toString();
    return new Step.TimedPause(Duration.ofSeconds(GoDuration.pauseSeconds(duration)), written);
  }
}

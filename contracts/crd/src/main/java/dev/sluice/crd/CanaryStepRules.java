package dev.sluice.crd;

import static dev.sluice.crd.RolloutValidation.orElse;
import static dev.sluice.crd.RolloutValidation.orEmpty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether one step of a canary makes sense. */
final class CanaryStepRules {

  private static final String ONE_KIND =
      "Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or"
          + " pause";
  private static final int DEFAULT_MAX_WEIGHT = 100;
  private static final Pattern METADATA_ENTRY =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']");
  private static final Set<String> METADATA =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "metadata.labels",
          "metadata.annotations");

  private final TrafficRouting routing;
  private final String path;
  private final FieldErrors errors;

  CanaryStepRules(CanaryStrategy canary, String path, FieldErrors errors) {
    this.routing = canary.trafficRouting;
    this.path = path;
    this.errors = errors;
  }

  void check(CanaryStep step) {
    kinds(step);
    int most =
        routing == null ? DEFAULT_MAX_WEIGHT : orElse(routing.maxTrafficWeight, DEFAULT_MAX_WEIGHT);
    if (step.setWeight != null && (step.setWeight < 0 || step.setWeight > most)) {
      errors.invalid(
          path + ".setWeight", step.setWeight, "SetWeight needs to be between 0 and " + most);
    }
    if (step.pause != null && step.pause.duration != null && step.pause.seconds() < 0) {
      errors.invalid(
          path + ".pause.duration", step.pause.seconds(), "Duration needs to be greater than 0");
    }
    if (step.setCanaryScale != null && routing == null) {
      errors.required(
          "spec.strategy.trafficRouting", "SetCanaryScale requires TrafficRouting to be set");
    }
    new RouteStepRules(routing, path, errors).check(step);
    if (step.experiment != null) {
      experimentWeights(step.experiment);
    }
    arguments(step);
  }

  /**
   * The other kinds are not looked at when there are several: the first in a fixed order counts.
   */
  private void kinds(CanaryStep step) {
    long several =
        Stream.of(step.setWeight, step.pause, step.experiment, step.analysis)
            .filter(kind -> kind != null)
            .count();
    if (several > 1) {
      errors.invalid(
          path,
          "step.Experiment: %s step.Pause: %s step.SetWeight: %s step.Analysis: %s"
              .formatted(
                  step.experiment != null,
                  step.pause != null,
                  step.setWeight != null,
                  step.analysis != null),
          ONE_KIND);
    }
    boolean isEmpty =
        several == 0
            && step.setCanaryScale == null
            && step.setHeaderRoute == null
            && step.setMirrorRoute == null
            && step.plugin == null;
    if (isEmpty) {
      // Argo says true for what is missing here; people search for this text.
      errors.invalid(
          path,
          "step.Experiment: true step.Pause: true step.SetWeight: true step.Analysis: true"
              + " step.SetCanaryScale: true step.SetHeaderRoute: true step.SetMirrorRoute: true"
              + " step.Plugin: true",
          ONE_KIND);
    }
  }

  private void experimentWeights(ExperimentStep experiment) {
    List<ExperimentStep.Template> templates = orEmpty(experiment.templates);
    for (int i = 0; i < templates.size(); i++) {
      Integer weight = templates.get(i).weight;
      String at = path + ".experiment.templates[" + i + "].weight";
      if (weight == null) {
        continue;
      }
      if (routing == null) {
        errors.invalid(
            at,
            weight,
            "Experiment template weight cannot be set unless TrafficRouting is enabled");
      } else if (routing.alb == null
          && routing.smi == null
          && routing.istio == null
          && !CanaryRules.hasPlugins(routing)) {
        errors.invalid(
            at,
            weight,
            "Experiment template weight is only available for TrafficRouting with SMI, ALB, Istio and"
                + " Plugins at this time");
      }
    }
  }

  private void arguments(CanaryStep step) {
    List<RolloutAnalysis.Argument> arguments = new ArrayList<>();
    if (step.experiment != null) {
      orEmpty(step.experiment.analyses)
          .forEach(analysis -> arguments.addAll(orEmpty(analysis.args)));
    }
    if (step.analysis != null) {
      arguments.addAll(orEmpty(step.analysis.args));
    }
    for (RolloutAnalysis.Argument argument : arguments) {
      if (argument.valueFrom != null
          && argument.valueFrom.fieldRef != null
          && !isReadable(orElse(argument.valueFrom.fieldRef.fieldPath, ""))) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        arguments.forEach(each -> all.add(each.json()));
        errors.invalidJson(
            path + ".analyses",
            GoJson.list(all, ModelTypes.of(RolloutAnalysis.Argument.class), path),
            "Analyses arguments must refer to valid object metadata supported by downwardAPI");
      }
    }
  }

  /** Paths outside of metadata are looked up in the Rollout when the run is made. */
  private static boolean isReadable(String fieldPath) {
    if (!fieldPath.startsWith("metadata") || METADATA.contains(fieldPath)) {
      return true;
    }
    Matcher entry = METADATA_ENTRY.matcher(fieldPath);
    if (!entry.matches()) {
      return false;
    }
    String name = entry.group(2);
    // Only annotations may have capitals in front of the slash.
    boolean isLabel = entry.group(1).equals("labels");
    return LabelRules.nameProblem(isLabel ? name : name.toLowerCase(Locale.ROOT)).isEmpty();
  }
}

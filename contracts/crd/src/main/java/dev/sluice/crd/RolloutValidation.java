package dev.sluice.crd;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a Rollout makes sense by itself, without a look at what it refers to. The order of the
 * rules and their words are Argo Rollouts', so that people find what they search for; three rules
 * are ours (members that cannot be read, the type of replicaProgressThreshold, scaleDown).
 */
public final class RolloutValidation {

  private static final int DEFAULT_HISTORY = 10;
  private static final int DEFAULT_DEADLINE = 600;

  private RolloutValidation() {}

  /**
   * The first thing that is wrong, such as {@code spec.strategy.steps[0].setWeight: Invalid value:
   * 101: SetWeight needs to be between 0 and 100}; empty if nothing is. With workloadRef the
   * referenced template is not looked at.
   */
  public static Optional<String> validate(Rollout rollout) {
    return validate(rollout, false);
  }

  /** The same, where the template and the selector of the referenced workload are filled in. */
  public static Optional<String> validateResolved(Rollout rollout) {
    return validate(rollout, true);
  }

  /**
   * The first thing that is wrong with how a valid Rollout names its route objects. A rule apart,
   * because Argo looks for Services and templates before.
   */
  public static Optional<String> validateRouters(Rollout rollout) {
    FieldErrors errors = new FieldErrors();
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    if (canary != null && canary.trafficRouting != null) {
      RouterRules.check(canary.trafficRouting, errors);
    }
    return errors.first();
  }

  private static Optional<String> validate(Rollout rollout, boolean resolved) {
    FieldErrors errors = new FieldErrors();
    if (rollout.getSpec() == null) {
      errors.required("spec", "");
      return errors.first();
    }
    for (Struct.Problem problem : rollout.getSpec().problems("spec")) {
      errors.invalidJson(problem.path(), GoJson.raw(problem.value()), problem.message());
    }
    check(rollout.getSpec(), resolved, errors);
    return errors.first();
  }

  /** The message of the condition InvalidSpec. */
  public static String message(String rolloutName, String error) {
    return "The Rollout \"" + rolloutName + "\" is invalid: " + error;
  }

  private static void check(RolloutSpec spec, boolean resolved, FieldErrors errors) {
    errors.nonNegative("spec.replicas", spec.replicas);
    if (spec.workloadRef == null) {
      selectorAndTemplate(spec, errors);
    } else {
      workload(spec, resolved, errors);
    }
    errors.nonNegative("spec.minReadySeconds", spec.minReadySeconds);
    errors.nonNegative("spec.revisionHistoryLimit", spec.revisionHistoryLimit);
    errors.nonNegative("spec.progressDeadlineSeconds", spec.progressDeadlineSeconds);
    int deadline = orElse(spec.progressDeadlineSeconds, DEFAULT_DEADLINE);
    if (deadline <= orElse(spec.minReadySeconds, 0)) {
      errors.invalid(
          "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
    }
    strategy(spec, errors);
  }

  private static void workload(RolloutSpec spec, boolean resolved, FieldErrors errors) {
    if (!resolved && hasLabelsOrAnnotations(spec)) {
      errors.internal("spec.template", "template must be empty for workload reference rollout");
    }
    FieldErrors ofSelector = new FieldErrors();
    if (spec.selector != null) {
      LabelRules.check(spec.selector, "spec.selector", ofSelector);
    }
    if (ofSelector.first().isPresent()) {
      errors.invalidJson("spec.selector", json(spec.selector), "invalid label selector");
    } else if (resolved && spec.template == null) {
      errors.required("spec.template.spec.containers", "");
    } else if (resolved) {
      // Without a selector nothing matches: a PodTemplate has none to take over.
      PodTemplateRules.checkSelected(spec.template, spec.selector, "spec.template", errors);
    }
    // Ours: Argo takes any other word for never, and the pods stay twice.
    String scaleDown = orElse(spec.workloadRef.scaleDown, "");
    if (!scaleDown.isEmpty()) {
      errors.oneOf("spec.workloadRef.scaleDown", scaleDown, "never", "onsuccess", "progressively");
    }
  }

  private static void selectorAndTemplate(RolloutSpec spec, FieldErrors errors) {
    if (spec.selector == null) {
      errors.required("spec.selector", "Rollout has missing field '.spec.selector'");
    } else {
      LabelRules.check(spec.selector, "spec.selector", errors);
      if (isEmpty(spec.selector)) {
        errors.invalidJson(
            "spec.selector", json(spec.selector), "empty selector is invalid for deployment");
      }
    }
    if (spec.template == null) {
      errors.required("spec.template.spec.containers", "");
    } else {
      PodTemplateRules.check(spec.template, spec.selector, "spec.template", errors);
    }
  }

  private static String json(LabelSelector selector) {
    return GoJson.object(selector.json(), ModelTypes.of(LabelSelector.class), "spec.selector");
  }

  private static boolean isEmpty(LabelSelector selector) {
    return (selector.matchLabels == null || selector.matchLabels.isEmpty())
        && (selector.matchExpressions == null || selector.matchExpressions.isEmpty());
  }

  /** Whether there is a template beside a reference: its labels and annotations alone tell it. */
  public static boolean hasLabelsOrAnnotations(RolloutSpec spec) {
    return spec.template != null
        && !(spec.template.at("/metadata/labels").isEmpty()
            && spec.template.at("/metadata/annotations").isEmpty());
  }

  private static void strategy(RolloutSpec spec, FieldErrors errors) {
    RolloutSpec.Strategy strategy = spec.strategy;
    if (strategy == null || strategy.blueGreen == null && strategy.canary == null) {
      errors.required(
          "spec.strategy.strategy",
          "Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'");
    } else if (strategy.blueGreen == null) {
      CanaryRules.check(strategy.canary, errors);
    } else if (strategy.canary == null) {
      blueGreen(spec, strategy.blueGreen, errors);
    } else {
      errors.invalid(
          "spec.strategy.strategy",
          "blueGreen: true canary: true",
          "Multiple Strategies can not be listed");
    }
  }

  private static void blueGreen(RolloutSpec spec, BlueGreenStrategy blueGreen, FieldErrors errors) {
    String active = orElse(blueGreen.activeService, "");
    if (active.equals(orElse(blueGreen.previewService, ""))) {
      errors.invalid(
          "spec.strategy.activeService",
          active,
          "This rollout uses the same service for the active and preview services, but two different"
              + " services are required.");
    }
    Integer limit = blueGreen.scaleDownDelayRevisionLimit;
    if (limit != null && orElse(spec.revisionHistoryLimit, DEFAULT_HISTORY) < limit) {
      errors.invalid(
          "spec.strategy.scaleDownDelayRevisionLimit",
          limit,
          "This rollout's revision history limit can not be smaller than the rollout's scale down"
              + " limit");
    }
    antiAffinity(blueGreen.antiAffinity, errors);
  }

  static void antiAffinity(AntiAffinity antiAffinity, FieldErrors errors) {
    if (antiAffinity == null) {
      return;
    }
    AntiAffinity.Preferred preferred = antiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    boolean isRequired = antiAffinity.requiredDuringSchedulingIgnoredDuringExecution != null;
    if ((preferred != null) == isRequired) {
      errors.invalid(
          "spec.strategy.antiAffinity",
          "antiAffinity.PreferredDuringSchedulingIgnoredDuringExecution: %s"
                  .formatted(preferred != null)
              + " antiAffinity.RequiredDuringSchedulingIgnoredDuringExecution: %s"
                  .formatted(isRequired),
          "AntiAffinity must have exactly one strategy listed");
    }
    if (preferred != null) {
      int weight = orElse(preferred.weight, 0);
      if (weight < 1 || weight > 100) {
        errors.invalid(
            "spec.strategy.antiAffinity.weight",
            weight,
            "AntiAffinity weight must be between 1-100");
      }
    }
  }

  static <T> T orElse(T value, T fallback) {
    return Objects.requireNonNullElse(value, fallback);
  }

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}

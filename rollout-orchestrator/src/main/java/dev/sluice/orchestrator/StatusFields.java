package dev.sluice.orchestrator;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.Function;

/** Single values in the Rollout's status, by the paths under which arguments name them. */
final class StatusFields {

  private static final String STATUS = "status.";

  private static final Map<String, Function<StatusView, Object>> FIELDS =
      Map.ofEntries(
          entry("abort", StatusView::aborted),
          entry("availableReplicas", StatusView::availableReplicas),
          entry("canary.currentExperiment", StatusView::experiment),
          entry("canary.weights.canary.podTemplateHash", ofWeights(w -> w.canaryHash())),
          entry("canary.weights.canary.serviceName", ofWeights(w -> w.canaryService())),
          entry("canary.weights.canary.weight", ofWeights(w -> w.canary())),
          entry("canary.weights.stable.podTemplateHash", ofWeights(w -> w.stableHash())),
          entry("canary.weights.stable.serviceName", ofWeights(w -> w.stableService())),
          entry("canary.weights.stable.weight", ofWeights(w -> w.stable())),
          entry("currentPodHash", StatusView::currentPodHash),
          entry("currentStepHash", StatusView::currentStepHash),
          entry("currentStepIndex", view -> view.stepIndex() < 0 ? "" : view.stepIndex()),
          entry("HPAReplicas", StatusView::replicas),
          entry("message", StatusView::message),
          entry("observedGeneration", StatusView::observedGeneration),
          entry("pauseConditions[0].reason", StatusFields::pause),
          entry("phase", StatusView::phase),
          entry("promoteFull", StatusView::promoteFull),
          entry("readyReplicas", StatusView::readyReplicas),
          entry("replicas", StatusView::replicas),
          entry("selector", StatusView::selector),
          entry("stableRS", StatusView::stableHash),
          entry("updatedReplicas", StatusView::updatedReplicas));

  private StatusFields() {}

  /** Whether the path leads to a single value, if status has it. */
  static boolean isKnown(String path) {
    return path.startsWith(STATUS) && FIELDS.containsKey(path.substring(STATUS.length()));
  }

  /** The value as text; empty where status does not have it now. */
  static String find(Rollout rollout, String path) {
    return FIELDS.get(path.substring(STATUS.length())).apply(StatusView.of(rollout)).toString();
  }

  private static Function<StatusView, Object> ofWeights(
      Function<StatusView.Weights, Object> field) {
    return view -> view.weights() == null ? "" : field.apply(view.weights());
  }

  private static Object pause(StatusView view) {
    return view.pauses().isEmpty() ? "" : view.pauses().getFirst().reason().text();
  }
}

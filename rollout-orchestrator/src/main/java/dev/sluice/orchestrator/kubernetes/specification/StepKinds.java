package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one step may hold at once. Argo Rollouts refuses some pairs only; of the others it takes one
 * kind for the step, and goes on when that is done. A gate that nobody waits for would be worse
 * than an error.
 */
final class StepKinds {

  private StepKinds() {}

  /** One kind, or a size of the canary beside a weight or a pause. */
  static void check(CanaryStep step, String path) throws InvalidManifest {
    Map<String, Object> kinds = new LinkedHashMap<>();
    kinds.put("pause", step.pause);
    kinds.put("setWeight", step.setWeight);
    kinds.put("experiment", step.experiment);
    kinds.put("analysis", step.analysis);
    kinds.put("setHeaderRoute", step.setHeaderRoute);
    kinds.put("setMirrorRoute", step.setMirrorRoute);
    kinds.put("plugin", step.plugin);
    if (step.pause == null && step.setWeight == null) {
      kinds.put("setCanaryScale", step.setCanaryScale);
    }
    kinds.values().removeIf(Objects::isNull);
    if (kinds.size() > 1) {
      List<String> names = List.copyOf(kinds.keySet());
      throw InvalidManifest.forbidden(
          path + "." + names.get(1),
          "a step waits for one thing, and this one has %s: give it a step of its own"
              .formatted(names.get(0)));
    }
  }
}

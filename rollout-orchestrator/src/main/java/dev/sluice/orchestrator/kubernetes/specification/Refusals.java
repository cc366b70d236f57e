package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutSpec;
import dev.sluice.crd.Struct;
import dev.sluice.crd.TrafficRouting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a valid manifest may ask for and this version does not do yet. It is refused by name: a
 * field that were skipped silently would be a promise that nobody keeps.
 */
final class Refusals {

  private static final String CANARY = "spec.strategy.canary.";

  private Refusals() {}

  /** The first one; empty if there is none. */
  static Optional<String> first(Rollout rollout) {
    try {
      check(rollout);
      return Optional.empty();
    } catch (InvalidManifest refused) {
      return Optional.of(refused.getMessage());
    }
  }

  static void check(Rollout rollout) throws InvalidManifest {
    RolloutSpec spec = rollout.getSpec();
    if (spec.workloadRef != null) {
      // The image would have to be written into the workload.
      refuse("metadata.annotations[" + Annotations.IMAGE_REPOSITORY + "]", isPushed(rollout));
    }
    refuse("spec.strategy.blueGreen", spec.strategy.blueGreen);
    CanaryStrategy canary = spec.strategy.canary;
    if (isRouted(canary)) {
      checkRouters(canary.trafficRouting);
    }
    refuse(CANARY + "pingPong", canary.pingPong);
    boolean routes = knowsManagedRoutes(canary);
    List<CanaryStep> steps = canary.steps == null ? List.of() : canary.steps;
    for (int i = 0; i < steps.size(); i++) {
      String at = CANARY + "steps[" + i + "]";
      StepKinds.check(steps.get(i), at);
      checkStep(at + ".", steps.get(i), routes);
    }
  }

  /** Whether a router is asked for: an empty structure asks for nothing. */
  static boolean isRouted(CanaryStrategy canary) {
    return canary.trafficRouting != null && !Json.isBlank(canary.trafficRouting.json());
  }

  private static void checkRouters(TrafficRouting routing) throws InvalidManifest {
    String at = CANARY + "trafficRouting.";
    refuse(at + "istio", routing.istio != null);
    refuse(at + "alb", routing.alb != null);
    refuse(at + "smi", routing.smi != null);
    refuse(at + "ambassador", routing.ambassador != null);
    refuse(at + "appMesh", routing.appMesh != null);
    refuse(at + "traefik", routing.traefik != null);
    refuse(at + "apisix", routing.apisix != null);
    refuse(at + "plugins", routing.plugins != null && !routing.plugins.isEmpty());
    if (routing.nginx == null) {
      throw InvalidManifest.required(at + "nginx", "it is the router of this version of Sluice");
    }
  }

  /**
   * Whether the Rollout's router can be told of header and mirror routes. None of this version can:
   * ingress-nginx knows weights alone. The one place to change when one comes; all behind it, from
   * {@link StepReader} to {@code traffic.desired}, is there.
   */
  private static boolean knowsManagedRoutes(CanaryStrategy canary) {
    return isRouted(canary) && canary.trafficRouting.nginx == null;
  }

  private static void checkStep(String at, CanaryStep step, boolean routes) throws InvalidManifest {
    refuse(at + "setHeaderRoute", step.setHeaderRoute != null && !routes);
    refuse(at + "setMirrorRoute", step.setMirrorRoute != null && !routes);
  }

  private static boolean isPushed(Rollout rollout) {
    Map<String, String> annotations = rollout.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(Annotations.IMAGE_REPOSITORY);
  }

  // An empty structure asks for nothing.
  private static void refuse(String path, Struct part) throws InvalidManifest {
    refuse(path, part != null && !Json.isBlank(part.json()));
  }

  private static void refuse(String path, boolean used) throws InvalidManifest {
    if (used) {
      throw InvalidManifest.notYet(path);
    }
  }
}

package dev.sluice.crd;

import static dev.sluice.crd.RolloutValidation.orElse;

import java.util.List;

/**
 * Whether the route objects are named in one of the two ways that a router has for it. Argo looks
 * at this where it looks for the objects, so the paths have "canary" in them.
 */
final class RouterRules {

  private static final String PATH = "spec.strategy.canary.trafficRouting.";

  private RouterRules() {}

  static void check(TrafficRouting routing, FieldErrors errors) {
    if (routing.alb != null) {
      oneOfTwo(
          "alb", "Ingress", "Ingresses", isSet(routing.alb.ingress), routing.alb.ingresses, errors);
    } else if (routing.nginx != null && !routing.nginx.json().isEmpty()) {
      oneOfTwo(
          "nginx",
          "StableIngress",
          "StableIngresses",
          isSet(routing.nginx.stableIngress),
          routing.nginx.stableIngresses,
          errors);
    }
    if (routing.istio != null
        && (routing.istio.virtualService != null) == isSet(routing.istio.virtualServices)) {
      errors.internal(
          PATH + "istio", "either VirtualService or VirtualServices must be configured");
    }
    if (routing.ambassador != null && !isSet(routing.ambassador.mappings)) {
      errors.invalidJson(PATH + "ambassador.mappings", "null", "must provide at least one mapping");
    }
  }

  private static void oneOfTwo(
      String router,
      String single,
      String plural,
      boolean one,
      List<String> several,
      FieldErrors errors) {
    if (one == isSet(several)) {
      errors.internal(
          PATH + router,
          "Either %s or %s must be configured. %s are configured."
              .formatted(single, plural, one ? "Both" : "Neither"));
    }
  }

  private static boolean isSet(String name) {
    return !orElse(name, "").isEmpty();
  }

  private static boolean isSet(List<?> names) {
    return names != null && !names.isEmpty();
  }
}

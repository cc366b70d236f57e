package dev.sluice.crd;

import static dev.sluice.crd.RolloutValidation.orElse;
import static dev.sluice.crd.RolloutValidation.orEmpty;

import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;

/** Whether a canary strategy makes sense; the paths leave out "canary", as Argo's do. */
final class CanaryRules {

  private static final String PATH = "spec.strategy";
  private static final String BOTH_SERVICES =
      "Canary service and Stable service must to be set to use Traffic Routing";
  private static final String BOTH_PING_PONG =
      "Ping service and Pong service must to be set to use Ping-Pong feature";
  private static final int DEFAULT_SURGE = 25;

  private CanaryRules() {}

  static void check(CanaryStrategy canary, FieldErrors errors) {
    surge(canary, errors);
    services(canary, errors);
    if (canary.pingPong != null) {
      pingPong(canary, errors);
    }
    if (needsServices(canary)) {
      if (orElse(canary.stableService, "").isEmpty()) {
        errors.invalid(PATH + ".stableService", "", BOTH_SERVICES);
      }
      if (orElse(canary.canaryService, "").isEmpty()) {
        errors.invalid(PATH + ".canaryService", "", BOTH_SERVICES);
      }
    }
    scaling(canary, errors);
    List<CanaryStep> steps = orEmpty(canary.steps);
    for (int i = 0; i < steps.size(); i++) {
      new CanaryStepRules(canary, PATH + ".steps[" + i + "]", errors).check(steps.get(i));
    }
    RolloutValidation.antiAffinity(canary.antiAffinity, errors);
    if (canary.replicaProgressThreshold != null) {
      // Ours: Argo takes any other word for Pods, and then may wait for ever.
      errors.oneOf(
          PATH + ".replicaProgressThreshold.type",
          orElse(canary.replicaProgressThreshold.type, ""),
          "Percent",
          "Pods");
    }
  }

  private static void surge(CanaryStrategy canary, FieldErrors errors) {
    if (number(canary.maxSurge) == 0 && number(canary.maxUnavailable) == 0) {
      IntOrString surge = canary.maxSurge;
      String message = "MaxSurge and MaxUnavailable both can not be zero";
      if (surge.getIntVal() == null) {
        errors.invalid(PATH + ".maxSurge", surge.getStrVal(), message);
      } else {
        errors.invalid(PATH + ".maxSurge", surge.getIntVal(), message);
      }
    }
  }

  /** A number or a percentage; what is neither counts as 0. */
  private static int number(IntOrString value) {
    if (value == null) {
      return DEFAULT_SURGE;
    }
    if (value.getIntVal() != null) {
      return value.getIntVal();
    }
    String digits = value.getStrVal().replaceFirst("^([0-9]+)%$", "$1");
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static void services(CanaryStrategy canary, FieldErrors errors) {
    String stable = orElse(canary.stableService, "");
    if (!stable.isEmpty() && stable.equals(canary.canaryService)) {
      errors.invalid(
          PATH + ".stableService",
          stable,
          "This rollout uses the same service for the stable and canary services, but two different"
              + " services are required.");
    }
  }

  private static void pingPong(CanaryStrategy canary, FieldErrors errors) {
    TrafficRouting routing = canary.trafficRouting;
    if (routing != null && routing.alb == null && routing.istio == null && !hasPlugins(routing)) {
      errors.invalidJson(
          PATH + ".trafficRouting.alb",
          "null",
          "Ping-pong feature works with the ALB, Istio, and plugin-based traffic routers only");
    }
    String ping = orElse(canary.pingPong.pingService, "");
    String pong = orElse(canary.pingPong.pongService, "");
    if (ping.isEmpty()) {
      errors.invalid(PATH + ".pingPong.pingService", ping, BOTH_PING_PONG);
    }
    if (pong.isEmpty()) {
      errors.invalid(PATH + ".pingPong.pongService", pong, BOTH_PING_PONG);
    }
    if (ping.equals(pong)) {
      errors.invalid(
          PATH + ".pingPong.pingService",
          ping,
          "This rollout uses the same service for the ping and pong services, but two different"
              + " services are required.");
    }
    if (routing != null && routing.alb != null && orElse(routing.alb.rootService, "").isEmpty()) {
      errors.invalid(
          PATH + ".trafficRouting.alb.rootService",
          "",
          "Root service field is required for the configuration with ALB and ping-pong feature"
              + " enabled");
    }
  }

  private static boolean needsServices(CanaryStrategy canary) {
    TrafficRouting routing = canary.trafficRouting;
    if (routing == null) {
      return false;
    }
    boolean isPlain = canary.pingPong == null;
    return routing.alb != null && isPlain
        || routing.istio != null && routing.istio.destinationRule == null && isPlain
        || routing.smi != null
        || routing.apisix != null
        || routing.ambassador != null
        || routing.nginx != null
        || routing.appMesh != null
        || routing.traefik != null;
  }

  private static void scaling(CanaryStrategy canary, FieldErrors errors) {
    boolean dynamic = orElse(canary.dynamicStableScale, false);
    Integer delay = canary.scaleDownDelaySeconds;
    TrafficRouting routing = canary.trafficRouting;
    if (routing == null) {
      if (delay != null) {
        errors.invalid(
            PATH + ".scaleDownDelaySeconds",
            delay,
            "Canary scaleDownDelaySeconds can only be used with traffic routing");
      }
      if (dynamic) {
        errors.invalid(
            PATH + ".dynamicStableScale",
            true,
            "Canary dynamicStableScale can only be used with traffic routing");
      }
      return;
    }
    if (delay != null && dynamic) {
      errors.invalid(
          PATH + ".dynamicStableScale",
          true,
          "Canary dynamicStableScale cannot be used with scaleDownDelaySeconds");
    }
    if (routing.maxTrafficWeight != null && routing.nginx == null && !hasPlugins(routing)) {
      errors.invalid(
          PATH + ".trafficRouting.maxTrafficWeight",
          routing.maxTrafficWeight,
          "Canary maxTrafficWeight in traffic routing only supported in Nginx and Plugins");
    }
  }

  static boolean hasPlugins(TrafficRouting routing) {
    return routing.plugins != null && !routing.plugins.isEmpty();
  }
}

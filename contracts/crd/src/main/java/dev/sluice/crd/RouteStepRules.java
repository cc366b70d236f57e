package dev.sluice.crd;

import static dev.sluice.crd.RolloutValidation.orElse;
import static dev.sluice.crd.RolloutValidation.orEmpty;

import java.util.List;
import java.util.stream.Stream;

/** Whether the header and mirror routes of one step make sense. */
final class RouteStepRules {

  private final TrafficRouting routing;
  private final String path;
  private final FieldErrors errors;

  RouteStepRules(TrafficRouting routing, String path, FieldErrors errors) {
    this.routing = routing;
    this.path = path;
    this.errors = errors;
  }

  void check(CanaryStep step) {
    if (step.setHeaderRoute != null) {
      headerRoute(step.setHeaderRoute);
    }
    if (step.setMirrorRoute != null) {
      mirrorRoute(step.setMirrorRoute);
    }
    managedRoutes(step);
  }

  private void headerRoute(CanaryStep.SetHeaderRoute route) {
    String at = path + ".setHeaderRoute";
    boolean isRoutable =
        routing != null
            && (routing.istio != null
                || routing.alb != null
                || routing.apisix != null
                || CanaryRules.hasPlugins(routing));
    if (!isRoutable) {
      errors.invalidJson(
          at,
          json(route),
          "SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix");
      return;
    }
    List<CanaryStep.HeaderMatch> matches = orEmpty(route.match);
    for (int i = 0; i < matches.size(); i++) {
      CanaryStep.StringMatch value = matches.get(i).headerValue;
      String matchPath = at + ".match[" + i + "]";
      boolean isExact = value != null && isSet(value.exact) && numberOfValues(value) == 1;
      if (routing.alb == null || value == null) {
        stringMatch(value, matchPath);
      } else if (!isExact) {
        errors.invalidJson(
            matchPath,
            json(value),
            "SetHeaderRoute match value invalid. ALB supports 'exact' value only");
      }
    }
  }

  private void mirrorRoute(CanaryStep.SetMirrorRoute route) {
    String at = path + ".setMirrorRoute";
    boolean isRoutable =
        routing != null && (routing.istio != null || CanaryRules.hasPlugins(routing));
    if (!isRoutable) {
      errors.invalidJson(
          at, json(route), "SetMirrorRoute requires TrafficRouting, supports Istio and Plugins");
    }
    List<CanaryStep.RouteMatch> matches = orEmpty(route.match);
    for (int i = 0; i < matches.size(); i++) {
      String matchPath = at + ".match[" + i + "]";
      CanaryStep.RouteMatch match = matches.get(i);
      if (match.method != null) {
        stringMatch(match.method, matchPath);
      }
      if (match.path != null) {
        stringMatch(match.path, matchPath);
      }
    }
  }

  private void stringMatch(CanaryStep.StringMatch match, String at) {
    long values = match == null ? 0 : numberOfValues(match);
    if (values > 1) {
      errors.invalidJson(
          at,
          json(match),
          "StringMatch match value must have exactly one of the following: exact, regex, prefix");
    } else if (values == 0) {
      errors.invalidJson(
          at,
          match == null ? "null" : json(match),
          "StringMatch value missed, match value must have one of the following: exact, regex,"
              + " prefix");
    }
  }

  private static long numberOfValues(CanaryStep.StringMatch match) {
    return Stream.of(match.exact, match.regex, match.prefix).filter(RouteStepRules::isSet).count();
  }

  private static boolean isSet(String value) {
    return value != null && !value.isEmpty();
  }

  private void managedRoutes(CanaryStep step) {
    if (routing == null || step.setHeaderRoute == null && step.setMirrorRoute == null) {
      return;
    }
    if (routing.managedRoutes == null) {
      errors.required(
          "spec.strategy.trafficRouting.managedRoutes",
          "Rollout has missing field 'spec.strategy.canary.trafficRouting.managedRoutes'");
      return;
    }
    if (step.setHeaderRoute != null) {
      managedRoute(step.setHeaderRoute.name, path + ".setHeaderRoute");
    }
    if (step.setMirrorRoute != null) {
      managedRoute(step.setMirrorRoute.name, path + ".setMirrorRoute");
    }
  }

  private void managedRoute(String given, String at) {
    String name = orElse(given, "");
    if (routing.managedRoutes.stream().noneMatch(route -> name.equals(orElse(route.name, "")))) {
      errors.invalid(
          at,
          name,
          "Steps define a route that does not exist in"
              + " spec.strategy.canary.trafficRouting.managedRoutes");
    }
  }

  private String json(Struct struct) {
    return GoJson.object(struct.json(), ModelTypes.of(struct.getClass()), path);
  }
}

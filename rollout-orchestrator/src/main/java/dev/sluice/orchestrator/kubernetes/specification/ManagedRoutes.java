package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.TrafficRouting;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.ManagedRoute.TextMatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Header and mirror routes, as decisions know them. The manifest's rules have been checked. */
final class ManagedRoutes {

  private ManagedRoutes() {}

  /** Their names; the first has precedence. */
  static List<String> names(TrafficRouting routing) {
    return routing.managedRoutes == null
        ? List.of()
        : routing.managedRoutes.stream().map(route -> text(route.name)).toList();
  }

  static ManagedRoute.Header header(CanaryStep.SetHeaderRoute route) {
    List<CanaryStep.HeaderMatch> match = route.match == null ? List.of() : route.match;
    return new ManagedRoute.Header(
        text(route.name),
        match.stream()
            .map(each ->
                new ManagedRoute.HeaderMatch(text(each.headerName), value(each.headerValue)))
            .toList());
  }

  static ManagedRoute.Mirror mirror(CanaryStep.SetMirrorRoute route) {
    List<CanaryStep.RouteMatch> match = route.match == null ? List.of() : route.match;
    return new ManagedRoute.Mirror(
        text(route.name), match.stream().map(ManagedRoutes::request).toList(), route.percentage);
  }

  private static ManagedRoute.RequestMatch request(CanaryStep.RouteMatch match) {
    Map<String, TextMatch> headers = new TreeMap<>();
    if (match.headers != null) {
      match.headers.forEach((name, value) -> headers.put(name, value(value)));
    }
    return new ManagedRoute.RequestMatch(
        match.method == null ? null : value(match.method),
        match.path == null ? null : value(match.path),
        headers);
  }

  private static TextMatch value(CanaryStep.StringMatch match) {
    if (match.exact != null && !match.exact.isEmpty()) {
      return new TextMatch.Exact(match.exact);
    }
    return match.prefix != null && !match.prefix.isEmpty()
        ? new TextMatch.Prefix(match.prefix)
        : new TextMatch.Regex(text(match.regex));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}

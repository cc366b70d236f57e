package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired.Router.Nginx;
import dev.sluice.traffic.IngressPlan.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A canary Ingress compared with what it must say. */
public final class NginxRoute {

  private NginxRoute() {}

  /** The canary's weight as ingress-nginx takes it: a bad one is 0. */
  public static int weight(Nginx nginx, IngressView canary) {
    try {
      return Integer.parseInt(
          canary.annotations().getOrDefault(CanaryIngress.weightKey(nginx), "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static RouteView view(Nginx nginx, CanaryIngress wanted, IngressView seen) {
    Map<String, String> others = new TreeMap<>(wanted.annotations());
    others.remove(CanaryIngress.FENCE);
    others.remove(CanaryIngress.FENCE_OWNER);
    return new RouteView(
        "canary ingress `" + seen.name() + "`",
        seen.controller(),
        Optional.ofNullable(seen.annotations().get(CanaryIngress.FENCE_OWNER)),
        fence(seen),
        weight(nginx, seen),
        removed(nginx, wanted, seen).isEmpty()
            && seen.annotations().entrySet().containsAll(others.entrySet())
            && seen.spec().equals(wanted.spec()));
  }

  static Step.Patch patch(Nginx nginx, CanaryIngress wanted, IngressView seen, boolean foreign) {
    Map<String, String> annotations = new TreeMap<>(wanted.annotations());
    annotations.entrySet().removeAll(seen.annotations().entrySet());
    return new Step.Patch(
        seen,
        annotations,
        removed(nginx, wanted, seen),
        seen.spec().equals(wanted.spec()) ? Optional.empty() : Optional.of(wanted.spec()),
        foreign);
  }

  // Other annotations stay, but this one changes what our weight means.
  private static Set<String> removed(Nginx nginx, CanaryIngress wanted, IngressView seen) {
    Set<String> removed = new HashSet<>(Set.of(CanaryIngress.totalKey(nginx)));
    removed.retainAll(seen.annotations().keySet());
    removed.removeAll(wanted.annotations().keySet());
    return removed;
  }

  private static Optional<Fence> fence(IngressView seen) {
    try {
      return Optional.ofNullable(seen.annotations().get(CanaryIngress.FENCE)).map(Fence::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

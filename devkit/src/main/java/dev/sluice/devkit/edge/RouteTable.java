package dev.sluice.devkit.edge;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All routes, longest path first.
 *
 * @param routes in the order in which they are tried
 */
record RouteTable(List<Route> routes) {

  static final RouteTable EMPTY = new RouteTable(List.of());

  RouteTable {
    routes = List.copyOf(routes);
  }

  /** The route of a request, if there is one. */
  Optional<Route> find(String host, String path) {
    return routes.stream().filter(route -> route.matches(host, path)).findFirst();
  }

  /**
   * As ingress-nginx reads the objects: a canary Ingress counts only beside a main one of the same
   * host, path and path type, and only the oldest one does.
   */
  static RouteTable of(
      Collection<Ingress> ingresses, Collection<Service> services, Collection<Pod> pods) {
    var oldestFirst =
        ingresses.stream()
            .sorted(
                Comparator.comparing((Ingress ingress) ->
                        Optional.ofNullable(ingress.getMetadata().getCreationTimestamp())
                            .orElse(""))
                    .thenComparing(ingress -> ingress.getMetadata().getName()))
            .toList();
    var endpoints = new Endpoints(services, pods);
    var canaries = entries(oldestFirst, CanaryRule::isCanary);
    var routes = new ArrayList<Route>();
    for (Entry main : entries(oldestFirst, annotations -> !CanaryRule.isCanary(annotations))) {
      var canary = canaries.stream().filter(main::sharesRouteWith).findFirst();
      routes.add(
          new Route(
              main.host(),
              main.path(),
              endpoints.of(main.namespace(), main.service()),
              canary
                  .map(entry -> endpoints.of(entry.namespace(), entry.service()))
                  .orElse(List.of()),
              canary.map(entry -> CanaryRule.of(entry.annotations())).orElse(null)));
    }
    routes.sort(Comparator.comparing((Route route) -> route.path().length()).reversed());
    return new RouteTable(routes);
  }

  /** One path of one Ingress. */
  private record Entry(
      String namespace,
      String host,
      String path,
      String pathType,
      String service,
      Map<String, String> annotations) {

    boolean sharesRouteWith(Entry other) {
      return namespace.equals(other.namespace)
          && host.equals(other.host)
          && path.equals(other.path)
          && pathType.equals(other.pathType);
    }
  }

  private static List<Entry> entries(
      List<Ingress> ingresses, Predicate<Map<String, String>> wanted) {
    var entries = new ArrayList<Entry>();
    for (Ingress ingress : ingresses) {
      var annotations =
          Optional.ofNullable(ingress.getMetadata().getAnnotations()).orElse(Map.of());
      if (!wanted.test(annotations) || ingress.getSpec() == null) {
        continue;
      }
      for (IngressRule rule : Optional.ofNullable(ingress.getSpec().getRules()).orElse(List.of())) {
        if (rule.getHttp() != null) {
          for (HTTPIngressPath path : rule.getHttp().getPaths()) {
            entries.add(entry(ingress, annotations, rule, path));
          }
        }
      }
    }
    return entries;
  }

  private static Entry entry(
      Ingress ingress, Map<String, String> annotations, IngressRule rule, HTTPIngressPath path) {
    var service = path.getBackend().getService();
    return new Entry(
        ingress.getMetadata().getNamespace(),
        Optional.ofNullable(rule.getHost()).orElse(""),
        Optional.ofNullable(path.getPath()).orElse("/"),
        Optional.ofNullable(path.getPathType()).orElse("Prefix"),
        service == null ? "" : service.getName(),
        annotations);
  }
}

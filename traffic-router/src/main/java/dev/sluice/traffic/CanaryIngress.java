package dev.sluice.traffic;

import dev.sluice.events.TrafficDesired;
import dev.sluice.events.TrafficDesired.Router.Nginx;
import dev.sluice.traffic.IngressView.Backend;
import dev.sluice.traffic.IngressView.Path;
import dev.sluice.traffic.IngressView.Rule;
import dev.sluice.traffic.IngressView.Spec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a canary Ingress must say: a copy of its stable Ingress' rules for the canary Service, with
 * the weight, as Argo Rollouts writes it, and our fence.
 *
 * @param name of the canary Ingress
 * @param annotations that it must have; others on it are somebody else's and stay
 * @param spec its specification
 */
public record CanaryIngress(String name, Map<String, String> annotations, Spec spec) {

  /** The decision that wrote the weight, {@code epoch.seq}. */
  public static final String FENCE = "sluice.dev/fence";

  /** The uid of the Rollout that the decision is about. */
  public static final String FENCE_OWNER = "sluice.dev/fence-owner";

  private static final String CLASS = "kubernetes.io/ingress.class";
  private static final String SUFFIX = "-canary";
  private static final int LONGEST_NAME = 253;

  /** Sorts and copies the annotations. */
  public CanaryIngress {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** {@code <rollout>-<stable>-canary}, cut before its end where it would be too long. */
  public static String nameOf(String rollout, String stableIngress) {
    String start = rollout + "-" + stableIngress;
    return start.substring(0, Math.min(start.length(), LONGEST_NAME - SUFFIX.length())) + SUFFIX;
  }

  /** Empty where the stable Ingress has no rule for the stable Service. */
  static Optional<CanaryIngress> of(TrafficDesired wanted, Nginx nginx, IngressView stable) {
    List<Rule> rules =
        stable.spec().rules().stream()
            .filter(rule -> rule.paths().stream().anyMatch(path -> isStable(wanted, path)))
            .map(rule -> new Rule(rule.host(), toCanary(wanted, rule.paths())))
            .toList();
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CanaryIngress(
                nameOf(wanted.name(), stable.name()),
                annotations(wanted, nginx, stable),
                new Spec(stable.spec().className(), stable.spec().tls(), rules)));
  }

  /** The annotation with the canary's weight. */
  static String weightKey(Nginx nginx) {
    return nginx.annotationPrefix() + "/canary-weight";
  }

  /** The annotation that says what the weight is a part of; without it, of 100. */
  static String totalKey(Nginx nginx) {
    return nginx.annotationPrefix() + "/canary-weight-total";
  }

  // The order matters: what comes later wins, and nothing wins over the weight and the fence.
  private static Map<String, String> annotations(
      TrafficDesired wanted, Nginx nginx, IngressView stable) {
    Map<String, String> annotations = new TreeMap<>();
    Optional.ofNullable(stable.annotations().get(CLASS))
        .ifPresent(value -> annotations.put(CLASS, value));
    String prefix = nginx.annotationPrefix() + "/";
    new TreeMap<>(nginx.additionalIngressAnnotations())
        .forEach((key, value) ->
            annotations.put(key.startsWith(nginx.annotationPrefix()) ? key : prefix + key, value));
    annotations.putAll(nginx.canaryIngressAnnotations());
    annotations.put(prefix + "canary", "true");
    annotations.put(weightKey(nginx), Integer.toString(wanted.weight()));
    if (nginx.writeMaxWeight()) {
      annotations.put(totalKey(nginx), Integer.toString(wanted.maxWeight()));
    }
    annotations.put(FENCE, wanted.fence().toString());
    annotations.put(FENCE_OWNER, wanted.uid());
    return annotations;
  }

  private static List<Path> toCanary(TrafficDesired wanted, List<Path> paths) {
    return paths.stream()
        .map(path ->
            isStable(wanted, path)
                ? new Path(path.path(), path.pathType(), canary(wanted, path.backend()))
                : path)
        .toList();
  }

  private static Backend canary(TrafficDesired wanted, Backend stable) {
    return switch (stable) {
      case Backend.Service(_, var port) -> new Backend.Service(wanted.canary().service(), port);
      case Backend.Resource resource -> resource;
    };
  }

  private static boolean isStable(TrafficDesired wanted, Path path) {
    return path.backend() instanceof Backend.Service(var name, _)
        && name.equals(wanted.stable().service());
  }
}

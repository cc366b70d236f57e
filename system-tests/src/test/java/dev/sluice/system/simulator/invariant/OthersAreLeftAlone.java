package dev.sluice.system.simulator.invariant;

import dev.sluice.system.simulator.invariant.Observation.RouteWritten;
import dev.sluice.traffic.CanaryIngress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * I20: on objects that it did not create, the router changes only weights, its named managed routes
 * and its own annotations; and foreign annotations stay on those that it created.
 */
public final class OthersAreLeftAlone implements Invariant {

  private static final Set<String> OURS =
      Set.of(
          CanaryIngress.FENCE,
          CanaryIngress.FENCE_OWNER,
          "kubernetes.io/ingress.class",
          "nginx.ingress.kubernetes.io/canary",
          "nginx.ingress.kubernetes.io/canary-weight",
          "nginx.ingress.kubernetes.io/canary-weight-total");

  @Override
  public String id() {
    return "I20";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof RouteWritten written) || !written.before().containsKey(written.name())) {
      return Optional.empty();
    }
    Map<String, String> before = written.before().get(written.name());
    Map<String, String> after = written.after().getOrDefault(written.name(), Map.of());
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !OURS.contains(key))
        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
        .map(key ->
            "%s of %s was '%s' and is '%s'"
                .formatted(key, written.name(), before.get(key), after.get(key)))
        .findFirst();
  }
}

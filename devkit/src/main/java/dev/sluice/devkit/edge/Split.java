package dev.sluice.devkit.edge;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How requests are split, from a moment on. It is what the edge does, not what somebody asked for:
 * without canary pods the weight is 0.
 *
 * @param at when the first request could be routed so
 * @param weight of the canary
 * @param total of which the weight is a part
 * @param stable the hashes of the pods that answer for the stable Service
 * @param canary the hashes of the pods that answer for the canary Service
 */
public record Split(Instant at, int weight, int total, Set<String> stable, Set<String> canary) {

  /** Copies the sets. */
  public Split {
    stable = Set.copyOf(stable);
    canary = Set.copyOf(canary);
  }

  static Split of(Instant at, Route route) {
    boolean split = route.rule() != null && !route.canary().isEmpty();
    return new Split(
        at,
        split ? Math.min(route.rule().weight(), route.rule().total()) : 0,
        split ? route.rule().total() : 100,
        hashes(route.stable()),
        hashes(route.canary()));
  }

  /** The part of requests that pods of this hash are to answer, 0 to 1. */
  public double expectedShare(String podHash) {
    double toCanary = (double) weight / total;
    return part(canary, podHash) * toCanary + part(stable, podHash) * (1 - toCanary);
  }

  /** Whether only the moment differs. */
  boolean isSameAs(Split other) {
    return weight == other.weight
        && total == other.total
        && stable.equals(other.stable)
        && canary.equals(other.canary);
  }

  /** A side of several hashes gives no exact expectation; a Service that is switched has one. */
  private static double part(Set<String> side, String podHash) {
    return side.contains(podHash) ? 1.0 / side.size() : 0;
  }

  private static Set<String> hashes(List<Backend> backends) {
    return backends.stream().map(Backend::podHash).collect(Collectors.toSet());
  }
}

package dev.sluice.devkit.prometheus;

import dev.sluice.devkit.workload.PodPorts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Prometheus is to scrape: each listening pod of a Rollout, with the label {@code revision}
 * that canary queries are written with. Promotion renames the canary's pods to stable ones.
 */
final class PodTargets {

  /** One entry of a file discovery file. */
  record Target(List<String> targets, Map<String, String> labels) {}

  private PodTargets() {}

  /** Sorted by pod, so that equal clusters give equal files. */
  static List<Target> of(Collection<Pod> pods, Collection<GenericKubernetesResource> rollouts) {
    return pods.stream()
        .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getName()))
        .flatMap(pod -> target(pod, rollouts).stream())
        .toList();
  }

  private static Optional<Target> target(Pod pod, Collection<GenericKubernetesResource> rollouts) {
    return PodPorts.portOf(pod)
        .flatMap(port ->
            revision(pod, rollouts)
                .map(revision ->
                    new Target(
                        List.of("127.0.0.1:" + port),
                        Map.of(
                            "revision",
                            revision,
                            "pod",
                            pod.getMetadata().getName(),
                            "namespace",
                            pod.getMetadata().getNamespace()))));
  }

  /** Empty for a pod of a revision that is neither stable nor wanted. */
  private static Optional<String> revision(
      Pod pod, Collection<GenericKubernetesResource> rollouts) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    String hash = labels.get(PodPorts.POD_HASH_LABEL);
    if (hash == null) {
      return Optional.empty();
    }
    return rollouts.stream()
        .filter(rollout ->
            rollout.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace()))
        .flatMap(rollout -> revision(hash, rollout).stream())
        .findFirst();
  }

  private static Optional<String> revision(String hash, GenericKubernetesResource rollout) {
    Object stable = rollout.get("status", "stableRS");
    Object current = rollout.get("status", "currentPodHash");
    boolean hasStable = stable != null && !stable.equals("");
    if (hash.equals(stable) || (!hasStable && hash.equals(current))) {
      return Optional.of("stable");
    }
    return hash.equals(current) ? Optional.of("canary") : Optional.empty();
  }
}

package dev.sluice.devkit.edge;

import dev.sluice.devkit.workload.PodPorts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which pods a Service means: ready ones with its labels that are not going. */
final class Endpoints {

  private final Collection<Service> services;
  private final Collection<Pod> pods;

  Endpoints(Collection<Service> services, Collection<Pod> pods) {
    this.services = services;
    this.pods = pods;
  }

  /** Empty for a Service that does not exist or selects nothing. */
  List<Backend> of(String namespace, String service) {
    return services.stream()
        .filter(candidate -> candidate.getMetadata().getNamespace().equals(namespace))
        .filter(candidate -> candidate.getMetadata().getName().equals(service))
        .findFirst()
        .map(candidate -> candidate.getSpec().getSelector())
        .filter(selector -> !selector.isEmpty())
        .map(selector -> selected(namespace, selector))
        .orElse(List.of());
  }

  private List<Backend> selected(String namespace, Map<String, String> selector) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getNamespace().equals(namespace))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> labels(pod).entrySet().containsAll(selector.entrySet()))
        .filter(Endpoints::isReady)
        .flatMap(pod -> backend(pod).stream())
        .toList();
  }

  private static Map<String, String> labels(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static Optional<Backend> backend(Pod pod) {
    return PodPorts.portOf(pod)
        .map(port ->
            new Backend(
                pod.getMetadata().getName(),
                labels(pod).getOrDefault(PodPorts.POD_HASH_LABEL, ""),
                port));
  }
}

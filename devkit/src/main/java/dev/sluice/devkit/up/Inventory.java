package dev.sluice.devkit.up;

import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Rollouts that an installation works on. */
final class Inventory {

  private Inventory() {}

  /**
   * They, by namespace and name.
   *
   * @param namespaces empty: all
   * @param instanceId empty: those that are marked for nobody
   */
  static List<Rollout> of(KubernetesClient client, List<String> namespaces, String instanceId) {
    Stream<Rollout> all =
        namespaces.isEmpty()
            ? client.resources(Rollout.class).inAnyNamespace().list().getItems().stream()
            : namespaces.stream()
                .flatMap(namespace ->
                    client
                        .resources(Rollout.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream());
    return all.filter(rollout -> isOurs(rollout, instanceId))
        .sorted(
            Comparator.<Rollout, String>comparing(rollout -> rollout.getMetadata().getNamespace())
                .thenComparing(rollout -> rollout.getMetadata().getName()))
        .toList();
  }

  /** One line about a Rollout. */
  static String line(Rollout rollout) {
    String phase = rollout.getStatus() == null ? null : rollout.getStatus().phase;
    String strategy =
        rollout.getSpec() == null || rollout.getSpec().strategy == null
            ? "no strategy"
            : rollout.getSpec().strategy.blueGreen != null ? "blue-green" : "canary";
    return "%s/%s (%s, %s)"
        .formatted(
            rollout.getMetadata().getNamespace(),
            rollout.getMetadata().getName(),
            strategy,
            phase == null || phase.isEmpty() ? "new" : phase);
  }

  private static boolean isOurs(Rollout rollout, String instanceId) {
    Map<String, String> labels = rollout.getMetadata().getLabels();
    String marked = labels == null ? "" : labels.getOrDefault(Api.INSTANCE_ID_LABEL, "");
    return marked.equals(instanceId);
  }
}

package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
import dev.sluice.crd.Experiment;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutStatus;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.kubernetes.specification.Annotations;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the objects of a Rollout look like to a decision. */
final class ClusterReader {

  private ClusterReader() {}

  /**
   * The two Services of a Rollout, as far as there are any.
   *
   * @param swapped whether they have each other's part
   */
  record Services(Optional<Service> canary, Optional<Service> stable, boolean swapped) {}

  /** All that a Rollout owns. */
  record Dependents(
      List<ReplicaSet> replicaSets, List<AnalysisRun> runs, List<Experiment> experiments) {}

  /**
   * Reads them.
   *
   * @param before what was decided so far; null for a Rollout never seen
   * @param dependents what there is
   * @param awaited the Experiments that are waited for, by name
   * @param services that the Rollout names
   */
  static Cluster read(
      Rollout rollout,
      dev.sluice.orchestrator.Rollout before,
      Dependents dependents,
      Map<String, Cluster.Experiment> awaited,
      Services services) {
    Map<String, Cluster.ReplicaSet> byHash = new HashMap<>();
    for (ReplicaSet each : dependents.replicaSets()) {
      String podHash = podHash(each);
      if (!podHash.isEmpty()) {
        byHash.put(podHash, read(each, podHash));
      }
    }
    return new Cluster(
        byHash,
        selector(services.canary()),
        selector(services.stable()),
        shown(rollout, before, dependents),
        services.swapped(),
        awaited);
  }

  /** The hash in a ReplicaSet's label; empty if it has none. */
  static String podHash(ReplicaSet replicaSet) {
    return label(replicaSet.getMetadata().getLabels());
  }

  /** The hash that a Service selects; empty if it selects by none. */
  static String selector(Optional<Service> service) {
    return service.map(Service::getSpec).map(spec -> label(spec.getSelector())).orElse("");
  }

  /** The revision in an object's annotation; 0 if it has none that is a number. */
  static int revision(Map<String, String> annotations) {
    String text = annotations == null ? "" : annotations.getOrDefault(Api.REVISION, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** The size that a ReplicaSet has been told to have. */
  static int wanted(ReplicaSet replicaSet) {
    Integer wanted = replicaSet.getSpec().getReplicas();
    return wanted == null ? 1 : wanted;
  }

  private static String label(Map<String, String> labels) {
    return labels == null ? "" : labels.getOrDefault(Api.POD_TEMPLATE_HASH_LABEL, "");
  }

  private static Cluster.ReplicaSet read(ReplicaSet replicaSet, String podHash) {
    ReplicaSetStatus status =
        replicaSet.getStatus() == null ? new ReplicaSetStatus() : replicaSet.getStatus();
    return new Cluster.ReplicaSet(
        replicaSet.getMetadata().getName(),
        podHash,
        revision(replicaSet.getMetadata().getAnnotations()),
        wanted(replicaSet),
        number(status.getReplicas()),
        number(status.getReadyReplicas()),
        number(status.getAvailableReplicas()),
        Instant.parse(replicaSet.getMetadata().getCreationTimestamp()),
        failure(status));
  }

  private static Cluster.Failure failure(ReplicaSetStatus status) {
    return status.getConditions().stream()
        .filter(each -> each.getType().equals("ReplicaFailure") && each.getStatus().equals("True"))
        .findFirst()
        .map(each ->
            new Cluster.Failure(
                Objects.requireNonNullElse(each.getReason(), ""),
                Objects.requireNonNullElse(each.getMessage(), "")))
        .orElse(null);
  }

  // Decisions look at the shown status only at the start of a Rollout. Later it would be an echo of
  // our own writing, and each echo would cost a transaction.
  private static Cluster.Shown shown(
      Rollout rollout, dev.sluice.orchestrator.Rollout before, Dependents dependents) {
    boolean hasRevision = before != null && before.revision() != null;
    String command =
        Objects.requireNonNullElse(rollout.getMetadata().getAnnotations(), Map.<String, String>of())
            .getOrDefault(Annotations.CHANGED_BY, "");
    if (hasRevision && !(before.progress() instanceof Progress.Installing)) {
      return before.cluster().shown().markedBy(command);
    }
    RolloutStatus status = rollout.getStatus();
    if (status == null) {
      return Cluster.Shown.NOTHING.markedBy(command);
    }
    boolean split =
        status.canary != null
            && status.canary.weights != null
            && status.canary.weights.canary != null;
    return new Cluster.Shown(
        status.currentStepIndex == null ? -1 : status.currentStepIndex,
        status.stableRS == null ? "" : status.stableRS,
        split ? number(status.canary.weights.canary.weight) : 0,
        command,
        hasRevision
            ? before.cluster().shown().inherited()
            : InheritanceReader.read(status, dependents));
  }

  private static int number(Integer value) {
    return value == null ? 0 : value;
  }
}

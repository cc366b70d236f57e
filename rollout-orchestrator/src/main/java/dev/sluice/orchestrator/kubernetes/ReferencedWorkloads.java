package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.specification.References.Workload;
import dev.sluice.orchestrator.kubernetes.specification.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The workloads that Rollouts may take their pod templates from. A kind is watched from when the
 * first Rollout refers to one, so that most installations never ask for any.
 */
final class ReferencedWorkloads implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final Watched<Deployment> deployments;
  private final Watched<ReplicaSet> replicaSets;
  private final Watched<PodTemplate> podTemplates;
  private final Set<WorkloadKind> watched = EnumSet.noneOf(WorkloadKind.class);
  private Consumer<Watched<? extends HasMetadata>> watch = _ -> {};

  ReferencedWorkloads(InstantSource clock) {
    deployments = new Watched<>(Deployment.class, Map.of(), clock);
    replicaSets = new Watched<>(ReplicaSet.class, Map.of(), clock);
    podTemplates = new Watched<>(PodTemplate.class, Map.of(), clock);
  }

  /** How to begin to watch a kind. */
  synchronized void onFirstUse(Consumer<Watched<? extends HasMetadata>> begin) {
    watch = begin;
  }

  /**
   * Whether what the Rollout refers to can be told from what is missing: all of the kind were seen
   * once. Begins to watch it where nobody has.
   */
  boolean areSeenFor(Rollout rollout) {
    Optional<WorkloadKind> kind = WorkloadKind.of(rollout);
    if (kind.isEmpty()) {
      return true;
    }
    Watched<? extends HasMetadata> objects = objects(kind.get());
    synchronized (this) {
      if (watched.add(kind.get())) {
        watch.accept(objects);
      }
    }
    return objects.isSynced();
  }

  /** What can be taken from a workload; empty where there is none of this name. */
  Optional<Workload> find(WorkloadKind kind, RolloutKey key) {
    return switch (kind) {
      case DEPLOYMENT ->
          deployments
              .find(key)
              .map(found ->
                  workload(found, found.getSpec().getTemplate(), found.getSpec().getSelector()));
      case REPLICA_SET ->
          replicaSets
              .find(key)
              .map(found ->
                  workload(found, found.getSpec().getTemplate(), found.getSpec().getSelector()));
      case POD_TEMPLATE ->
          podTemplates.find(key).map(found -> workload(found, found.getTemplate(), null));
    };
  }

  @Override
  public void close() {
    deployments.close();
    replicaSets.close();
    podTemplates.close();
  }

  private Watched<? extends HasMetadata> objects(WorkloadKind kind) {
    return switch (kind) {
      case DEPLOYMENT -> deployments;
      case REPLICA_SET -> replicaSets;
      case POD_TEMPLATE -> podTemplates;
    };
  }

  private static Workload workload(HasMetadata object, Object template, Object selector) {
    Long generation = object.getMetadata().getGeneration();
    return new Workload(json(template), json(selector), generation == null ? 0 : generation);
  }

  private static ObjectNode json(Object part) {
    return part == null ? null : MAPPER.valueToTree(part);
  }
}

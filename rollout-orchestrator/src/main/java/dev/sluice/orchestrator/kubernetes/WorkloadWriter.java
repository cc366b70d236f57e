package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.orchestrator.WorkloadSize;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the referenced Deployment as large as the state asks for, while its pods are replaced. */
final class WorkloadWriter {

  private final Watched<Deployment> deployments;
  private final Writes writes;

  WorkloadWriter(ClusterObjects objects, Writes writes) {
    this.deployments = objects.workloads.deployments;
    this.writes = writes;
  }

  /** Scales it if it has another size; says whether it had. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    OptionalInt wanted = WorkloadSize.of(subject.state());
    if (wanted.isEmpty()) {
      return false;
    }
    String name = subject.state().specification().workload().name();
    Optional<Deployment> seen = deployments.find(new RolloutKey(subject.key().namespace(), name));
    if (seen.isEmpty()
        || seen.get().getMetadata().getDeletionTimestamp() != null
        || Objects.equals(seen.get().getSpec().getReplicas(), wanted.getAsInt())) {
      return false;
    }
    subject.requireCurrent();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Owned.FENCE, Owned.fence(subject.state()));
    patch.putObject("spec").put("replicas", wanted.getAsInt());
    writes.merge(deployments, seen.get(), patch);
    return true;
  }
}

package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which Rollouts an object matters to. */
final class Interests {

  private final Watched<Rollout> rollouts;

  Interests(Watched<Rollout> rollouts) {
    this.rollouts = rollouts;
  }

  /** The Rollout that controls the object. */
  Optional<RolloutKey> owner(HasMetadata object) {
    for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
      if (owner.getUid().equals(ClusterObjects.owner(object))) {
        return Optional.of(new RolloutKey(object.getMetadata().getNamespace(), owner.getName()));
      }
    }
    return Optional.empty();
  }

  /** The Rollouts that name a Service, and the one that it was given to. */
  List<RolloutKey> of(Service service) {
    return Stream.concat(ClusterObjects.managing(service).stream(), naming(service).stream())
        .distinct()
        .toList();
  }

  /** The Rollouts that name an object. */
  List<RolloutKey> naming(HasMetadata object) {
    return find(ClusterObjects.reference(object));
  }

  /** The Rollouts with analysis in a namespace: a template may be taken in by others. */
  List<RolloutKey> analysingIn(String namespace) {
    return find(ClusterObjects.analysesIn(namespace));
  }

  /** All Rollouts with analysis. */
  List<RolloutKey> analysing() {
    return find(ClusterObjects.ANALYSES);
  }

  private List<RolloutKey> find(String reference) {
    return rollouts.byIndex(ClusterObjects.BY_REFERENCE, reference).stream()
        .map(RolloutKey::of)
        .toList();
  }
}

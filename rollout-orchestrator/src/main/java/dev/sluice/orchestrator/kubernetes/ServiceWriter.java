package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.BlueGreenStrategy;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.RolloutSpec;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import io.fabric8.kubernetes.api.model.Service;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Points the two Services of a Rollout at the pods that they are to select. */
final class ServiceWriter {

  private final ClusterObjects objects;
  private final Writes writes;

  ServiceWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Switches what differs from the plan; says whether anything did. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    RoutePlan plan = RoutePlan.of(subject.state());
    Cluster seen = subject.state().cluster();
    boolean stable =
        point(subject, subject.state().stableService(), plan.stable(), seen.stableSelector());
    boolean canary =
        point(subject, subject.state().canaryService(), plan.canary(), seen.canarySelector());
    return stable || canary;
  }

  // What the state has seen as it is wanted stays: a newer sight of it is on its way.
  private boolean point(Subject subject, String name, String podHash, String seen)
      throws Conflict, Outdated {
    RolloutKey key = new RolloutKey(subject.key().namespace(), name);
    Optional<Service> service = objects.services.find(key);
    boolean isRight =
        podHash.isEmpty()
            || podHash.equals(seen)
            || ClusterReader.selector(service).equals(podHash);
    if (service.isEmpty() || isRight) {
      return false;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Api.MANAGED_BY_ROLLOUTS, subject.key().name())
        .put(Owned.FENCE, Owned.fence(subject.state()));
    patch.putObject("spec").putObject("selector").put(Api.POD_TEMPLATE_HASH_LABEL, podHash);
    subject.requireCurrent();
    writes.merge(objects.services, service.get(), patch);
    return true;
  }

  /** Gives back all Services that a Rollout has switched: it is gone. */
  void releaseAll(RolloutKey key) throws Conflict {
    release(key, Set.of());
  }

  /**
   * Gives back the Services that a Rollout has switched and does not name any more. A manifest that
   * cannot be used takes none away from the specification in force.
   */
  void release(Subject subject) throws Conflict {
    Set<String> named = new HashSet<>(named(subject.manifest().getSpec()));
    Specification inForce = subject.state().specification();
    if (inForce != null) {
      named.add(inForce.canaryService());
      named.add(inForce.stableService());
    }
    release(subject.key(), named);
  }

  private void release(RolloutKey key, Set<String> named) throws Conflict {
    for (Service service : objects.services.byIndex(ClusterObjects.BY_MANAGER, key.toString())) {
      if (!named.contains(service.getMetadata().getName())) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch
            .putObject("metadata")
            .putObject("annotations")
            .putNull(Api.MANAGED_BY_ROLLOUTS)
            .putNull(Owned.FENCE);
        patch.putObject("spec").putObject("selector").putNull(Api.POD_TEMPLATE_HASH_LABEL);
        writes.merge(objects.services, service, patch);
      }
    }
  }

  private static Set<String> named(RolloutSpec spec) {
    if (spec == null || spec.strategy == null) {
      return Set.of();
    }
    CanaryStrategy canary = spec.strategy.canary;
    BlueGreenStrategy blueGreen = spec.strategy.blueGreen;
    Stream<String> ofCanary =
        canary == null
            ? Stream.of()
            : Stream.of(
                canary.canaryService,
                canary.stableService,
                canary.pingPong == null ? null : canary.pingPong.pingService,
                canary.pingPong == null ? null : canary.pingPong.pongService);
    Stream<String> ofBlueGreen =
        blueGreen == null
            ? Stream.of()
            : Stream.of(blueGreen.activeService, blueGreen.previewService);
    return Stream.concat(ofCanary, ofBlueGreen)
        .filter(name -> name != null)
        .collect(Collectors.toUnmodifiableSet());
  }
}

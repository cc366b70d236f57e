package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import dev.sluice.system.simulator.invariant.Observation;
import dev.sluice.traffic.IngressView;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes when a Rollout goes: the objects that it owned, each after a while; and the Services
 * are released where no other one has its name by then.
 */
final class Collector {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final Truth truth;
  private final Checks checks;

  Collector(Ground ground, SimulatedCluster cluster, Truth truth, Checks checks) {
    this.ground = ground;
    this.cluster = cluster;
    this.truth = truth;
    this.checks = checks;
    cluster.watch(stored -> {
      boolean isEnd = stored.kind().equals(SimulatedCluster.ROLLOUT) && stored.object() == null;
      if (isEnd || isLeft(stored)) {
        ground.schedule().after(ground.chaos().millis(50, 6_000), this::collect);
      }
    });
  }

  // Also what is written when its owner has gone: it was on its way.
  private boolean isLeft(Stored stored) {
    String owner =
        switch (stored.object()) {
          case ReplicaSetObject(_, String uid) -> uid;
          case ExperimentObject experiment -> experiment.owner();
          case IngressObject ingress
              when stored.name().equals(SimulatedCluster.INGRESS_OF_CANARY) ->
              ingress.view().controller().map(IngressView.Controller::uid).orElse("");
          case null, default -> "";
        };
    return !owner.isEmpty() && !owner.equals(living());
  }

  private String living() {
    return cluster.rollout().map(RolloutObject::uid).orElse("");
  }

  private void collect() {
    List<Stored> owned = new ArrayList<>(cluster.all(SimulatedCluster.REPLICA_SET));
    owned.addAll(cluster.all(SimulatedCluster.EXPERIMENT));
    for (Stored stored : owned) {
      if (isLeft(stored)) {
        cluster.delete(stored.name());
      }
    }
    cluster
        .find(SimulatedCluster.INGRESS_OF_CANARY)
        .filter(this::isLeft)
        .ifPresent(_ -> {
          truth.foreign(true);
          checks.observe(new Observation.WeightWritten(truth.weight(), 0, 0, Fence.NONE));
          cluster.delete(SimulatedCluster.INGRESS_OF_CANARY);
        });
    if (living().isEmpty()) {
      release(SimulatedCluster.CANARY);
      release(SimulatedCluster.STABLE);
    }
  }

  private void release(String service) {
    if (!cluster.selector(service).isEmpty()) {
      cluster.put(service, new ServiceObject(""));
    }
  }
}

package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import java.util.List;

/** How the world is when Sluice comes. */
final class Beginning {

  private Beginning() {}

  static void of(Setting setting, SimulatedCluster cluster, SimulatedUser user, Truth truth) {
    if (setting.adopted()) {
      adopted(setting, cluster, user, truth);
    } else {
      cluster.put(SimulatedCluster.CANARY, new ServiceObject(""));
      cluster.put(SimulatedCluster.STABLE, new ServiceObject(""));
      user.create(setting);
    }
  }

  // Another controller has brought it to the middle of an update: 30 % go to the canary.
  private static void adopted(
      Setting setting, SimulatedCluster cluster, SimulatedUser user, Truth truth) {
    int canary = (30 * setting.replicas() + 99) / 100;
    put(cluster, "v1", 1, setting.replicas());
    put(cluster, "v2", 2, canary);
    cluster.put(SimulatedCluster.CANARY, new ServiceObject("v2"));
    cluster.put(SimulatedCluster.STABLE, new ServiceObject("v1"));
    cluster.put(SimulatedCluster.INGRESS, new IngressObject(30, Fence.NONE));
    truth.foreign(true);
    user.images(List.of(SimulatedUser.image("v1"), SimulatedUser.image("v2")));
    cluster.put(
        SimulatedCluster.ROLLOUT,
        new RolloutObject(
            new Manifest(
                SimulatedUser.image("v2"), setting.steps(), setting.replicas(), false, true),
            7,
            new Status(false, false, List.of(), 1, "v1", 30, 0)));
  }

  private static void put(SimulatedCluster cluster, String podHash, int revision, int size) {
    cluster.put(
        SimulatedCluster.replicaSetName(podHash),
        new ReplicaSetObject(
            new Cluster.ReplicaSet(
                "app-" + podHash,
                podHash,
                revision,
                size,
                size,
                size,
                size,
                Schedule.START.minusSeconds(1_000 - revision))));
  }
}

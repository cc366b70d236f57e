package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes pods as ReplicaSets want them: after a while, and not for ever. */
final class SimulatedPods {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final Set<String> planned = new HashSet<>();
  private final Map<String, Integer> most = new HashMap<>();

  SimulatedPods(Ground ground, SimulatedCluster cluster) {
    this.ground = ground;
    this.cluster = cluster;
    cluster.watch(stored -> {
      if (stored.object() instanceof ReplicaSetObject(var set)) {
        look(set);
      }
    });
  }

  /** Some pods of a ReplicaSet die; others take their place. */
  void die(String podHash, int count) {
    cluster
        .replicaSet(podHash)
        .filter(set -> set.available() > 0)
        .ifPresent(set -> {
          int left = Math.max(0, set.available() - count);
          ground.trace().line("pods", () -> podHash + " loses pods: " + left + " left");
          write(set, set.actual(), left);
        });
  }

  private void look(Cluster.ReplicaSet set) {
    boolean settled = set.actual() == set.wanted() && set.available() >= target(set);
    if (!settled && planned.add(set.podHash())) {
      Duration delay =
          set.wanted() < set.actual()
              ? ground.chaos().millis(20, 1_500)
              : ground.chaos().millis(100, 9_000);
      ground.schedule().after(delay, () -> adjust(set.podHash()));
    }
  }

  private void adjust(String podHash) {
    planned.remove(podHash);
    Cluster.ReplicaSet set = cluster.replicaSet(podHash).orElse(null);
    if (set == null) {
      return;
    }
    int target = target(set);
    int available = set.available();
    if (available < target && set.actual() >= set.wanted()) {
      available += ground.chaos().between(1, target - available);
    }
    write(set, set.wanted(), Math.min(available, set.wanted()));
  }

  private void write(Cluster.ReplicaSet set, int actual, int available) {
    if (actual == set.actual() && available == set.available()) {
      look(set);
      return;
    }
    cluster.put(
        SimulatedCluster.replicaSetName(set.podHash()),
        new ReplicaSetObject(set).running(actual, available));
  }

  private int target(Cluster.ReplicaSet set) {
    return Math.min(set.wanted(), limit(set.podHash()));
  }

  private int limit(String podHash) {
    return most.computeIfAbsent(
        podHash,
        _ ->
            ground.chaos().strikes(Fault.HOPELESS_PODS)
                ? ground.chaos().below(3)
                : Integer.MAX_VALUE);
  }
}

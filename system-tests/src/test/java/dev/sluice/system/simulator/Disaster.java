package dev.sluice.system.simulator;

import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import java.time.Duration;
import java.util.List;

/**
 * The first revision is there in part, and a second one comes; then all pods are gone, before
 * anybody was served, and somebody hopes that another image helps.
 */
final class Disaster {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final SimulatedPods pods;
  private final SimulatedUser user;

  Disaster(Ground ground, SimulatedCluster cluster, SimulatedPods pods, SimulatedUser user) {
    this.ground = ground;
    this.cluster = cluster;
    this.pods = pods;
    this.user = user;
  }

  /** Waits for its moment, which may never come. */
  void await() {
    await(100);
  }

  private void await(int looks) {
    List<Stored> sets = cluster.all(SimulatedCluster.REPLICA_SET);
    boolean inPart =
        sets.size() == 1
            && sets.getFirst().object() instanceof ReplicaSetObject(var set, _)
            && set.available() > 0
            && set.available() < set.wanted();
    if (inPart) {
      rush();
    } else if (looks > 0) {
      ground.schedule().after(Duration.ofMillis(100), () -> await(looks - 1));
    }
  }

  private void rush() {
    user.tryAnotherImage(
        ground.chaos().oneOf(List.of("none", "analysis-first", "pause-first", "short")));
    if (ground.chaos().oneIn(4)) {
      ground.schedule().after(ground.chaos().millis(50, 500), user::abort);
    }
    ground.schedule().after(ground.chaos().millis(100, 1_500), this::strike);
  }

  private void strike() {
    cluster
        .all(SimulatedCluster.REPLICA_SET)
        .forEach(set -> pods.die(SimulatedCluster.objectOf(set.name()), Integer.MAX_VALUE));
    ground.schedule().after(ground.chaos().millis(60, 400), this::hope);
  }

  private void hope() {
    user.tryAnotherImage();
    switch (ground.chaos().below(4)) {
      case 0 -> user.restart();
      case 1 -> user.resume();
      // Longer than any deadline for progress.
      case 2 -> ground.away(Fault.DISASTER, Duration.ofSeconds(95), cluster::away);
      default -> {}
    }
  }
}

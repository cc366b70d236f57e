package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which guards a run has. One may be missing, to show that without it an invariant breaks.
 *
 * @param missing null where all are there
 */
record Guards(Guard missing) {

  static final Guards ALL = new Guards(null);

  boolean isOn(Guard guard) {
    return guard != missing;
  }

  /** What a shell without the missing guard would make of a signal. */
  Signal afterTampering(Signal told, Rollout rollout) {
    return switch (told) {
      case Signal.VerdictReported(var _, var _, var phase, var message)
          when !isOn(Guard.EPOCH_CHECK) && rollout.run() != null ->
          new Signal.VerdictReported(rollout.run().id(), rollout.run().epoch(), phase, message);
      case Signal.ClusterObserved(Cluster cluster) when !isOn(Guard.CAPACITY_GATE) ->
          new Signal.ClusterObserved(optimistic(cluster));
      case Signal other -> other;
    };
  }

  private static Cluster optimistic(Cluster cluster) {
    Map<String, Cluster.ReplicaSet> sets = new TreeMap<>();
    cluster
        .replicaSets()
        .forEach((hash, set) ->
            sets.put(
                hash,
                new Cluster.ReplicaSet(
                    set.name(),
                    set.podHash(),
                    set.revision(),
                    set.wanted(),
                    set.actual(),
                    set.ready(),
                    set.wanted(),
                    set.createdAt())));
    return new Cluster(sets, cluster.canarySelector(), cluster.stableSelector(), cluster.shown());
  }
}

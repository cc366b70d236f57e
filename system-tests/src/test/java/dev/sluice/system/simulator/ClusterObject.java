package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Cluster;

/** What the API server keeps. */
sealed interface ClusterObject {

  /** A ReplicaSet, with its pods. */
  record ReplicaSetObject(Cluster.ReplicaSet set) implements ClusterObject {

    ReplicaSetObject sized(int wanted, int revision) {
      return new ReplicaSetObject(
          new Cluster.ReplicaSet(
              set.name(),
              set.podHash(),
              revision,
              wanted,
              set.actual(),
              set.ready(),
              set.available(),
              set.createdAt()));
    }

    ReplicaSetObject running(int actual, int available) {
      return new ReplicaSetObject(
          new Cluster.ReplicaSet(
              set.name(),
              set.podHash(),
              set.revision(),
              set.wanted(),
              actual,
              available,
              available,
              set.createdAt()));
    }
  }

  /**
   * A Service.
   *
   * @param selector the pod hash; empty if it selects the pods of all
   */
  record ServiceObject(String selector) implements ClusterObject {}

  /**
   * The canary Ingress.
   *
   * @param weight in its annotation
   * @param fence in its annotation; NONE if there is none
   */
  record IngressObject(int weight, Fence fence) implements ClusterObject {}

  /**
   * The Rollout.
   *
   * @param manifest the spec
   * @param generation rises with each change of the spec
   * @param status as it was last written
   */
  record RolloutObject(Manifest manifest, long generation, Status status)
      implements ClusterObject {}
}

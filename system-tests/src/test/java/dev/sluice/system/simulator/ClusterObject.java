package dev.sluice.system.simulator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.IngressView;
import dev.sluice.traffic.NginxRoute;
import java.util.Map;
import java.util.TreeMap;

/** What the API server keeps. */
sealed interface ClusterObject {

  /**
   * A ReplicaSet, with its pods.
   *
   * @param owner uid of the Rollout that controls it
   */
  record ReplicaSetObject(Cluster.ReplicaSet set, String owner) implements ClusterObject {

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
              set.createdAt()),
          owner);
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
              set.createdAt()),
          owner);
    }
  }

  /**
   * A Service.
   *
   * @param selector the pod hash; empty if it selects the pods of all
   */
  record ServiceObject(String selector) implements ClusterObject {}

  /**
   * An Ingress.
   *
   * @param view all of it but its version
   * @param weight of the canary, as ingress-nginx takes it
   * @param total that the weight is a part of
   * @param fence in its annotation; NONE if there is none
   */
  record IngressObject(IngressView view, int weight, int total, Fence fence)
      implements ClusterObject {

    /** Who makes canary Ingresses: the Rollout with this uid. */
    static IngressView.Controller controller(String uid) {
      return new IngressView.Controller("Rollout", SimulatedCluster.NAME, uid);
    }

    static final String WEIGHT = Manifest.NGINX.annotationPrefix() + "/canary-weight";
    static final String TOTAL = Manifest.NGINX.annotationPrefix() + "/canary-weight-total";

    static IngressObject of(IngressView view) {
      String fence = view.annotations().get(CanaryIngress.FENCE);
      return new IngressObject(
          view,
          NginxRoute.weight(Manifest.NGINX, view),
          Integer.parseInt(view.annotations().getOrDefault(TOTAL, "100")),
          fence == null ? Fence.NONE : Fence.parse(fence));
    }

    /** With its version. */
    IngressView at(String version) {
      return new IngressView(
          view.name(), version, view.controller(), view.annotations(), view.spec());
    }

    /** With these annotations, and no others. */
    IngressObject annotated(Map<String, String> annotations) {
      return of(new IngressView(view.name(), "", view.controller(), annotations, view.spec()));
    }

    /** With one annotation more, or another. */
    IngressObject annotated(String key, String value) {
      Map<String, String> all = new TreeMap<>(view.annotations());
      all.put(key, value);
      return annotated(all);
    }

    @Override
    public String toString() {
      return weight + " of " + total + " by " + fence;
    }
  }

  /**
   * An Experiment.
   *
   * @param owner uid of the Rollout that controls it
   * @param fence of the decision that started it
   * @param phase null before anybody has taken it up
   * @param terminated whether somebody asked for its end
   */
  record ExperimentObject(String owner, Fence fence, AnalysisPhase phase, boolean terminated)
      implements ClusterObject {

    ExperimentObject at(AnalysisPhase other) {
      return new ExperimentObject(owner, fence, other, terminated);
    }

    ExperimentObject marked() {
      return new ExperimentObject(owner, fence, phase, true);
    }

    boolean isOver() {
      return phase != null && phase.isCompleted();
    }
  }

  /**
   * The Rollout.
   *
   * @param uid another one for each that was created
   * @param manifest the spec
   * @param generation rises with each change of the spec
   * @param status as it was last written
   */
  record RolloutObject(String uid, Manifest manifest, long generation, Status status)
      implements ClusterObject {

    RolloutObject with(Manifest other) {
      return new RolloutObject(uid, other, generation + 1, status);
    }

    RolloutObject with(Status other) {
      return new RolloutObject(uid, manifest, generation, other);
    }
  }
}

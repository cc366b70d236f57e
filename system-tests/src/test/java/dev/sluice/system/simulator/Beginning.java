package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Timing;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import dev.sluice.system.simulator.invariant.NoSecretIsTold;
import dev.sluice.traffic.IngressView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the world is when Sluice comes. */
final class Beginning {

  private Beginning() {}

  static void of(Setting setting, SimulatedCluster cluster, SimulatedUser user, Truth truth) {
    cluster.put(SimulatedCluster.STABLE_INGRESS, IngressObject.of(stable()));
    cluster.put(SimulatedCluster.INGRESS_OF_SHARER, IngressObject.of(sharer()));
    switch (setting.before()) {
      case NOTHING -> {
        cluster.put(SimulatedCluster.CANARY, new ServiceObject(""));
        cluster.put(SimulatedCluster.STABLE, new ServiceObject(""));
        user.create(setting);
      }
      case STABLE -> atRest(setting, cluster, user, truth);
      case HALFWAY -> halfway(setting, cluster, user, truth, false);
      case ABORTED -> halfway(setting, cluster, user, truth, true);
    }
  }

  /** What another controller has left beside sizes, selectors, steps and weights. */
  static Cluster.Inherited inherited(Setting setting) {
    String podHash =
        switch (setting.before()) {
          case NOTHING -> "";
          case STABLE -> "v1";
          case HALFWAY, ABORTED -> "v2";
        };
    return new Cluster.Inherited(
        podHash,
        podHash.isEmpty() ? "" : setting.steps(),
        setting.before() == Setting.Before.ABORTED ? Schedule.START.minusSeconds(5) : null,
        "",
        Timing.NONE,
        false,
        false,
        false,
        Map.of(),
        List.of(),
        List.of());
  }

  private static IngressView stable() {
    return view(
        SimulatedCluster.STABLE_INGRESS,
        Optional.empty(),
        Map.of("team.example/token", NoSecretIsTold.PLANTED),
        "app-stable");
  }

  // Of another Rollout, on the same route.
  private static IngressView sharer() {
    return view(
        SimulatedCluster.INGRESS_OF_SHARER,
        Optional.of(new IngressView.Controller("Rollout", "other", "u-other")),
        Map.of(Manifest.NGINX.annotationPrefix() + "/canary", "true", IngressObject.WEIGHT, "25"),
        "other-canary");
  }

  // As the other controller writes it: without our fence.
  private static IngressView canary(int weight) {
    return view(
        SimulatedCluster.INGRESS_OF_CANARY,
        Optional.of(IngressObject.controller("u-1")),
        Map.of(
            Manifest.NGINX.annotationPrefix() + "/canary",
            "true",
            IngressObject.WEIGHT,
            Integer.toString(weight)),
        "app-canary");
  }

  private static IngressView view(
      String name,
      Optional<IngressView.Controller> controller,
      Map<String, String> annotations,
      String service) {
    IngressView.Path path =
        new IngressView.Path(
            Optional.of("/"),
            "Prefix",
            new IngressView.Backend.Service(service, new IngressView.Port.Number(80)));
    IngressView.Rule rule = new IngressView.Rule(Optional.of("app.example"), List.of(path));
    return new IngressView(
        SimulatedCluster.objectOf(name),
        "",
        controller,
        annotations,
        new IngressView.Spec(Optional.of("nginx"), List.of(), List.of(rule)));
  }

  // Another controller has promoted a revision, and nothing is under way.
  private static void atRest(
      Setting setting, SimulatedCluster cluster, SimulatedUser user, Truth truth) {
    put(cluster, "v1", 1, setting.replicas());
    adopted(setting, cluster, truth, "v1", 0);
    user.found(List.of(SimulatedUser.image("v1")));
    int steps = StepLists.named(setting.steps()).size();
    rollout(setting, cluster, "v1", new Status(false, false, List.of(), steps, "v1", 0, 0));
  }

  // Another controller has brought it to the middle of an update: 30 % go to the canary, by a route
  // or by the number of pods. It may have aborted it, and no more than said so.
  private static void halfway(
      Setting setting, SimulatedCluster cluster, SimulatedUser user, Truth truth, boolean aborted) {
    int canary = (30 * setting.replicas() + 99) / 100;
    put(cluster, "v1", 1, setting.replicas() - (setting.routedAtFirst() ? 0 : canary));
    int weight = setting.routedAtFirst() ? 30 : 0;
    adopted(setting, cluster, truth, "v2", weight);
    user.found(List.of(SimulatedUser.image("v1"), SimulatedUser.image("v2")));
    int step = aborted ? 0 : 1;
    rollout(setting, cluster, "v2", new Status(aborted, false, List.of(), step, "v1", weight, 0));
    // The last that it wrote: what an old cache does not have.
    put(cluster, "v2", 2, canary);
  }

  private static void adopted(
      Setting setting, SimulatedCluster cluster, Truth truth, String canary, int weight) {
    boolean routed = setting.routedAtFirst();
    boolean canaryService = routed || setting.byPods().canaryService();
    boolean stableService = routed || setting.byPods().stableService();
    cluster.put(SimulatedCluster.CANARY, new ServiceObject(canaryService ? canary : ""));
    cluster.put(SimulatedCluster.STABLE, new ServiceObject(stableService ? "v1" : ""));
    if (routed) {
      cluster.put(SimulatedCluster.INGRESS_OF_CANARY, IngressObject.of(canary(weight)));
      truth.foreign(true);
    }
  }

  private static void rollout(
      Setting setting, SimulatedCluster cluster, String version, Status status) {
    Manifest manifest =
        new Manifest(
            SimulatedUser.image(version),
            setting.steps(),
            setting.background(),
            setting.replicas(),
            false,
            setting.validAtFirst(),
            setting.routedAtFirst(),
            null,
            "");
    cluster.put(SimulatedCluster.ROLLOUT, new RolloutObject("u-1", manifest, 7, status));
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
                Schedule.START.minusSeconds(1_000 - revision)),
            "u-1"));
  }
}

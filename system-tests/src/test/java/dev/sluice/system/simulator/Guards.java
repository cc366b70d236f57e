package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.IngressPlan;
import dev.sluice.traffic.IngressView;
import java.util.List;
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
          when !isOn(Guard.EPOCH_CHECK) && !rollout.runs().isEmpty() -> {
        Run any = rollout.runs().values().iterator().next();
        yield new Signal.VerdictReported(any.id(), any.epoch(), phase, message);
      }
      case Signal.PluginAnswered(PluginAnswer answer)
          when !isOn(Guard.CALL_CHECK) && rollout.plugins().isCalling() ->
          new Signal.PluginAnswered(ofTheCall(answer, rollout.plugins().call()));
      case Signal.ClusterObserved(Cluster cluster) when !isOn(Guard.CAPACITY_GATE) ->
          new Signal.ClusterObserved(optimistic(cluster));
      case Signal.ClusterObserved(Cluster cluster)
          when !isOn(Guard.GIVEN_UP_PODS) && rollout.revision() != null ->
          new Signal.ClusterObserved(
              new Cluster(
                      withoutGivenUp(cluster, rollout),
                      cluster.canarySelector(),
                      cluster.stableSelector(),
                      cluster.shown())
                  .with(cluster.experiments()));
      case Signal.ClusterObserved(Cluster cluster) when !isOn(Guard.SELECTOR_SEEN) ->
          new Signal.ClusterObserved(
              new Cluster(cluster.replicaSets(), "", "", cluster.shown())
                  .with(cluster.experiments()));
      case Signal.ClusterObserved(Cluster cluster) when !isOn(Guard.ENDED_BY_HAND) ->
          new Signal.ClusterObserved(cluster.with(unmarked(cluster.experiments())));
      case Signal other -> other;
    };
  }

  private static PluginAnswer ofTheCall(PluginAnswer answer, Plugins.Call call) {
    return new PluginAnswer(
        answer.uid(),
        call.epoch(),
        call.step(),
        call.operation(),
        call.execution(),
        answer.phase(),
        answer.message(),
        answer.requeueAfter(),
        answer.status(),
        answer.at());
  }

  private static Map<String, Cluster.ReplicaSet> withoutGivenUp(Cluster cluster, Rollout rollout) {
    Map<String, Cluster.ReplicaSet> sets = new TreeMap<>(cluster.replicaSets());
    sets.keySet().retainAll(List.of(rollout.revision().podHash(), rollout.stableHash()));
    return sets;
  }

  /** What a router without the missing guard would see of a route. */
  IngressPlan.Observed afterTampering(IngressPlan.Observed seen, TrafficDesired split) {
    return isOn(Guard.FENCE_CHECK)
        ? seen
        : new IngressPlan.Observed(
            seen.stableName(), seen.stable(), seen.canary().map(c -> notNewer(c, split)));
  }

  // No fence is above the one that is to be written.
  private static IngressView notNewer(IngressView canary, TrafficDesired split) {
    Fence found = IngressObject.of(canary).fence();
    if (!split.fence().isOlderThan(found)) {
      return canary;
    }
    Map<String, String> annotations = new TreeMap<>(canary.annotations());
    annotations.put(CanaryIngress.FENCE, new Fence(0, 1).toString());
    return new IngressView(
        canary.name(), canary.resourceVersion(), canary.controller(), annotations, canary.spec());
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
    return new Cluster(sets, cluster.canarySelector(), cluster.stableSelector(), cluster.shown())
        .with(cluster.experiments());
  }

  private static Map<String, Cluster.Experiment> unmarked(Map<String, Cluster.Experiment> seen) {
    Map<String, Cluster.Experiment> unmarked = new TreeMap<>(seen);
    unmarked.replaceAll((_, each) -> new Cluster.Experiment(each.phase(), each.message(), false));
    return unmarked;
  }
}

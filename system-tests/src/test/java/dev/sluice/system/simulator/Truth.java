package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.invariant.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** How things truly are in a run: what nobody in it can see as a whole. */
final class Truth implements World {

  private final Ground ground;
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final SimulatedMetrics metrics;
  private final SimulatedPlugin plugin;
  private boolean foreign;

  Truth(
      Ground ground,
      SimulatedStore store,
      SimulatedCluster cluster,
      SimulatedMetrics metrics,
      SimulatedPlugin plugin) {
    this.ground = ground;
    this.store = store;
    this.cluster = cluster;
    this.metrics = metrics;
    this.plugin = plugin;
  }

  /** Says who changed the route last. */
  void foreign(boolean byOthers) {
    foreign = byOthers;
  }

  @Override
  public Instant now() {
    return ground.now();
  }

  @Override
  public Optional<Rollout> rollout() {
    return store.committed().map(Committed::rollout);
  }

  @Override
  public int weight() {
    return cluster.ingress().map(IngressObject::weight).orElse(0);
  }

  @Override
  public Fence fence() {
    return cluster.ingress().map(IngressObject::fence).orElse(Fence.NONE);
  }

  @Override
  public boolean isForeign() {
    return foreign;
  }

  @Override
  public String canarySelector() {
    return cluster.selector(SimulatedCluster.CANARY);
  }

  @Override
  public String stableSelector() {
    return cluster.selector(SimulatedCluster.STABLE);
  }

  @Override
  public OptionalInt size(String podHash) {
    return cluster
        .replicaSet(podHash)
        .map(set -> OptionalInt.of(set.wanted()))
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public Duration troubledSince(Instant moment) {
    return ground.troubles().within(moment, now());
  }

  @Override
  public int goodAnswers(String run, String metric) {
    return metrics.good(run, metric);
  }

  @Override
  public boolean pluginSucceeded(String call) {
    return plugin.succeeded(call);
  }
}

package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.invariant.World;
import dev.sluice.traffic.IngressView.Controller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** How things truly are in a run: what nobody in it can see as a whole. */
final class Truth implements World {

  private final Ground ground;
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final SimulatedMetrics metrics;
  private final Set<String> foreignSelectors = new TreeSet<>();
  private String about = "";
  private final SimulatedPlugin plugin;
  private final SimulatedExperimenter experimenter;
  private boolean foreign;

  Truth(
      Ground ground,
      SimulatedStore store,
      SimulatedCluster cluster,
      SimulatedMetrics metrics,
      SimulatedPlugin plugin,
      SimulatedExperimenter experimenter) {
    this.ground = ground;
    this.store = store;
    this.cluster = cluster;
    this.metrics = metrics;
    this.plugin = plugin;
    this.experimenter = experimenter;
  }

  /** Says who changed the route last. */
  void foreign(boolean byOthers) {
    foreign = byOthers;
  }

  /** What a Service selects was written for this Rollout. */
  void selected(String service, String uid) {
    look();
    if (isAbout(uid)) {
      foreignSelectors.remove(service);
    } else {
      foreignSelectors.add(service);
    }
  }

  /** A stranger made a Service select by no hash. */
  void emptied(String service) {
    look();
    foreignSelectors.add(service);
  }

  /** Whether this Rollout has the name, as far as it is known. */
  boolean isAbout(String uid) {
    return store.isAbout(uid);
  }

  @Override
  public Optional<String> uid() {
    return cluster.rollout().map(RolloutObject::uid);
  }

  @Override
  public boolean isSelectorForeign() {
    look();
    return !foreignSelectors.isEmpty();
  }

  // What one left who had the name before is a stranger's; what is as wanted is nobody's fault.
  private void look() {
    Rollout now = rollout().orElse(null);
    if (now == null) {
      return;
    }
    String uid = now.identity().uid();
    if (!about.isEmpty() && !about.equals(uid)) {
      foreignSelectors.addAll(List.of(SimulatedCluster.CANARY, SimulatedCluster.STABLE));
    }
    about = uid;
    if (!foreignSelectors.isEmpty() && now.isKnown() && now.revision() != null) {
      RoutePlan plan = RoutePlan.of(now);
      foreignSelectors.removeIf(service -> isAsPlanned(service, plan));
    }
  }

  private boolean isAsPlanned(String service, RoutePlan plan) {
    String selector = cluster.selector(service);
    String wanted = service.equals(SimulatedCluster.CANARY) ? plan.canary() : plan.stable();
    return !selector.isEmpty() && selector.equals(wanted);
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
    String owner =
        cluster.ingress().flatMap(i -> i.view().controller()).map(Controller::uid).orElse("");
    boolean isOfAnother = !owner.isEmpty() && rollout().isPresent() && !isAbout(owner);
    return foreign || isOfAnother;
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
        .replicaSet(podHash, store.committed().map(c -> c.rollout().identity().uid()).orElse(""))
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

  @Override
  public boolean experimentSucceeded(String experiment) {
    return experimenter.succeeded(experiment);
  }

  @Override
  public List<String> liveExperiments() {
    String owner = uid().orElse("");
    return cluster.all(SimulatedCluster.EXPERIMENT).stream()
        .filter(stored -> isLive((ExperimentObject) stored.object(), owner))
        .map(stored -> SimulatedCluster.objectOf(stored.name()))
        .toList();
  }

  private static boolean isLive(ExperimentObject experiment, String owner) {
    return experiment.owner().equals(owner) && !experiment.isOver() && !experiment.terminated();
  }
}

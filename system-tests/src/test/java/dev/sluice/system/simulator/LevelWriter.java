package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes sizes and selectors as the state wants them. Compares with what it has seen, and writes
 * over that version only; a row that has moved on drops the write, if it is noticed before it is
 * sent.
 */
final class LevelWriter {

  private final Ground ground;
  private final Guards guards;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final Checks checks;
  private final Set<String> underWay = new HashSet<>();
  private boolean planned;

  LevelWriter(
      Ground ground,
      Guards guards,
      SimulatedOrchestrator orchestrator,
      SimulatedStore store,
      SimulatedCluster cluster,
      Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.orchestrator = orchestrator;
    this.store = store;
    this.cluster = cluster;
    this.checks = checks;
    orchestrator.onCommit(this::wake);
    orchestrator
        .process()
        .onStart(() -> {
          underWay.clear();
          planned = false;
        });
  }

  private void wake() {
    if (!planned) {
      planned = true;
      orchestrator.process().later(ground.chaos().millis(1, 30), this::compare);
    }
  }

  private void compare() {
    planned = false;
    Committed mine = orchestrator.known().orElse(null);
    if (mine == null || !hasLevels(mine.rollout())) {
      return;
    }
    for (Map.Entry<String, Integer> size : Sizes.of(mine.rollout()).entrySet()) {
      if (!size(mine, size.getKey(), size.getValue())) {
        return;
      }
    }
    RoutePlan plan = RoutePlan.of(mine.rollout());
    if (select(mine, SimulatedCluster.CANARY, plan.canary())) {
      select(mine, SimulatedCluster.STABLE, plan.stable());
    }
  }

  private static boolean hasLevels(Rollout rollout) {
    return rollout.isKnown()
        && rollout.revision() != null
        && !(rollout.progress() instanceof Progress.Gone);
  }

  // False where it makes no sense to go on.
  private boolean size(Committed mine, String podHash, int wanted) {
    String name = SimulatedCluster.replicaSetName(podHash);
    Optional<Stored> seen = orchestrator.replicaSets().find(name);
    int number = mine.rollout().revision().number();
    if (seen.isEmpty()) {
      ReplicaSetObject created =
          new ReplicaSetObject(
              new Cluster.ReplicaSet("app-" + podHash, podHash, number, 0, 0, 0, 0, ground.now()));
      return write(mine, name, 0, created, () -> {});
    }
    ReplicaSetObject there = (ReplicaSetObject) seen.get().object();
    int revision =
        mine.rollout().revision().podHash().equals(podHash) ? number : there.set().revision();
    if (there.set().wanted() == wanted && there.set().revision() == revision) {
      return true;
    }
    int before = there.set().wanted();
    return write(
        mine,
        name,
        seen.get().version(),
        there.sized(wanted, revision),
        () -> {
          Integer current = Sizes.of(store.committed().orElseThrow().rollout()).get(podHash);
          boolean outdated = current == null || current != wanted;
          noteIf(outdated);
          orchestrator.log(() -> "size " + podHash + ": " + before + " -> " + wanted);
          checks.observe(
              new Observation.SizeWritten(
                  podHash, before, wanted, mine.rollout().fence(), outdated));
        });
  }

  private boolean select(Committed mine, String service, String wanted) {
    Optional<Stored> seen = orchestrator.services().find(service);
    String before = seen.map(s -> ((ServiceObject) s.object()).selector()).orElse(wanted);
    if (before.equals(wanted) || wanted.isEmpty()) {
      return true;
    }
    boolean canary = service.equals(SimulatedCluster.CANARY);
    return write(
        mine,
        service,
        seen.get().version(),
        new ServiceObject(wanted),
        () -> {
          RoutePlan current = RoutePlan.of(store.committed().orElseThrow().rollout());
          boolean outdated = !wanted.equals(canary ? current.canary() : current.stable());
          noteIf(outdated);
          orchestrator.log(() -> "selector " + service + ": " + before + " -> " + wanted);
          checks.observe(
              new Observation.SelectorWritten(
                  canary, before, wanted, mine.rollout().fence(), outdated));
        });
  }

  private void noteIf(boolean outdated) {
    if (outdated) {
      ground.chaos().led(Consequence.OUTDATED_WRITE_LANDED);
    }
  }

  private boolean write(
      Committed mine, String name, long over, ClusterObject object, Runnable written) {
    if (underWay.contains(name)) {
      return true;
    }
    if (guards.isOn(Guard.CURRENT_ROW) && !orchestrator.isCurrent(mine)) {
      orchestrator.process().later(ground.chaos().millis(1, 30), orchestrator::refresh);
      return false;
    }
    if (orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
      return false;
    }
    underWay.add(name);
    cluster.request(
        orchestrator.process(),
        () -> {
          Answer answer =
              cluster.putOver(
                  guards.isOn(Guard.OBJECT_VERSION) ? over : cluster.versionOf(name), name, object);
          if (answer == Answer.DONE) {
            written.run();
          }
          return answer;
        },
        answer -> answered(name, answer));
    return true;
  }

  private void answered(String name, Answer answer) {
    underWay.remove(name);
    if (!orchestrator.process().crashes(Fault.CRASH_AFTER_WRITE) && answer != Answer.DONE) {
      orchestrator.process().later(Duration.ofMillis(200), this::wake);
    }
  }
}

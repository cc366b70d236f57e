package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Signal;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  private final Truth truth;
  private final Checks checks;
  private final Set<String> underWay = new HashSet<>();
  private boolean planned;

  LevelWriter(
      Ground ground,
      Guards guards,
      SimulatedOrchestrator orchestrator,
      SimulatedStore store,
      SimulatedCluster cluster,
      Truth truth,
      Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.orchestrator = orchestrator;
    this.store = store;
    this.cluster = cluster;
    this.truth = truth;
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
    if (mine == null || !hasLevels(mine.rollout()) || !orchestrator.isThere(mine)) {
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
      return create(mine, name, podHash);
    }
    ReplicaSetObject there = (ReplicaSetObject) seen.get().object();
    if (!there.owner().equals(mine.rollout().identity().uid())) {
      // It goes with its owner, who had this name before.
      ground.chaos().led(Consequence.NAME_STILL_TAKEN);
      orchestrator.process().later(Duration.ofMillis(500), this::wake);
      return true;
    }
    Cluster known = mine.rollout().cluster();
    boolean isDecidedAbout = known.has(podHash) && known.wanted(podHash) == there.set().wanted();
    if (guards.isOn(Guard.SIZE_SEEN) && !isDecidedAbout) {
      // The row was decided on another size: this one is on its way.
      return true;
    }
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
          Integer current =
              wanted(mine).map(rollout -> Sizes.of(rollout).get(podHash)).orElse(null);
          boolean outdated = current == null || current != wanted;
          noteIf(outdated);
          orchestrator.log(() -> "size " + podHash + ": " + before + " -> " + wanted);
          checks.observe(
              mine.rollout().identity().uid(),
              new Observation.SizeWritten(
                  podHash, before, wanted, mine.rollout().fence(), outdated));
        });
  }

  private boolean create(Committed mine, String name, String podHash) {
    String uid = mine.rollout().identity().uid();
    int number = mine.rollout().revision().number();
    ReplicaSetObject created =
        new ReplicaSetObject(
            new Cluster.ReplicaSet("app-" + podHash, podHash, number, 0, 0, 0, 0, ground.now()),
            uid);
    return send(
        mine,
        name,
        () -> cluster.createReplicaSet(name, created),
        answer -> {
          if (answer == Answer.REFUSED) {
            orchestrator.take(
                ClusterDesk.input(
                    uid,
                    "cluster",
                    null,
                    new Signal.ReplicaSetRefused(podHash, "exceeded quota: replicasets")),
                () -> {});
          }
        });
  }

  private boolean select(Committed mine, String service, String wanted) {
    Optional<Stored> seen = orchestrator.services().find(service);
    String before = seen.map(s -> ((ServiceObject) s.object()).selector()).orElse(wanted);
    boolean canary = service.equals(SimulatedCluster.CANARY);
    Cluster known = mine.rollout().cluster();
    boolean isKnownSo = wanted.equals(canary ? known.canarySelector() : known.stableSelector());
    // Where the row has seen it as it is wanted, it stays: a newer sight of it is on its way.
    if (before.equals(wanted) || wanted.isEmpty() || isKnownSo) {
      return true;
    }
    return write(
        mine,
        service,
        seen.get().version(),
        new ServiceObject(wanted),
        () -> {
          boolean outdated =
              wanted(mine)
                  .map(RoutePlan::of)
                  .filter(now -> wanted.equals(canary ? now.canary() : now.stable()))
                  .isEmpty();
          noteIf(outdated);
          orchestrator.log(() -> "selector " + service + ": " + before + " -> " + wanted);
          checks.observe(
              mine.rollout().identity().uid(),
              new Observation.SelectorWritten(
                  canary, before, wanted, mine.rollout().fence(), outdated));
          truth.selected(service, mine.rollout().identity().uid());
        });
  }

  // What the row says now; empty where the name is another Rollout's.
  private Optional<Rollout> wanted(Committed mine) {
    return store
        .committed()
        .map(Committed::rollout)
        .filter(now -> now.identity().equals(mine.rollout().identity()))
        .filter(LevelWriter::hasLevels);
  }

  private void noteIf(boolean outdated) {
    if (outdated) {
      ground.chaos().led(Consequence.OUTDATED_WRITE_LANDED);
    }
  }

  private boolean write(
      Committed mine, String name, long over, ClusterObject object, Runnable written) {
    return send(
        mine,
        name,
        () -> {
          Answer answer =
              cluster.putOver(
                  guards.isOn(Guard.OBJECT_VERSION) ? over : cluster.versionOf(name), name, object);
          if (answer == Answer.DONE) {
            written.run();
          }
          return answer;
        },
        _ -> {});
  }

  private boolean send(
      Committed mine, String name, Supplier<Answer> effect, Consumer<Answer> answered) {
    if (underWay.contains(name)) {
      return true;
    }
    if (!orchestrator.isCurrent(mine)) {
      orchestrator.process().later(ground.chaos().millis(1, 30), orchestrator::refresh);
      return false;
    }
    if (orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
      return false;
    }
    underWay.add(name);
    cluster.request(
        orchestrator.process(),
        effect,
        answer -> {
          underWay.remove(name);
          if (!orchestrator.process().crashes(Fault.CRASH_AFTER_WRITE)) {
            answered.accept(answer);
            if (answer != Answer.DONE) {
              orchestrator.process().later(Duration.ofMillis(200), this::wake);
            }
          }
        });
    return true;
  }
}

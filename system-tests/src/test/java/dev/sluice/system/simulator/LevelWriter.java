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
import dev.sluice.system.simulator.WritePass.Write;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes sizes and selectors as the state wants them. Compares with what it has seen, and writes
 * over that version only; a row that is known to have moved on drops the write.
 */
final class LevelWriter {

  private final Ground ground;
  private final Guards guards;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final Truth truth;
  private final Checks checks;
  private final WritePass pass;
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
    pass = new WritePass(orchestrator, cluster, this::wake);
    orchestrator.onCommit(this::wake);
    orchestrator.process().onStart(() -> planned = false);
  }

  private void wake() {
    if (!planned) {
      planned = true;
      orchestrator.process().later(ground.chaos().millis(1, 30), this::compare);
    }
  }

  // In the order of the real pass.
  private void compare() {
    planned = false;
    Committed mine = orchestrator.known().orElse(null);
    if (mine == null || !hasLevels(mine.rollout()) || !orchestrator.isThere(mine)) {
      return;
    }
    List<Supplier<Optional<Write>>> levels = new ArrayList<>();
    Map<String, Integer> sizes = Sizes.of(mine.rollout());
    RoutePlan plan = RoutePlan.of(mine.rollout());
    sizes.keySet().forEach(podHash -> levels.add(() -> create(mine, podHash)));
    levels.add(() -> select(mine, SimulatedCluster.CANARY, plan.canary()));
    levels.add(() -> select(mine, SimulatedCluster.STABLE, plan.stable()));
    sizes.forEach((podHash, size) -> levels.add(() -> size(mine, podHash, size)));
    pass.run(mine, levels);
  }

  private static boolean hasLevels(Rollout rollout) {
    return rollout.isKnown()
        && rollout.revision() != null
        && !(rollout.progress() instanceof Progress.Gone);
  }

  private Optional<Write> size(Committed mine, String podHash, int wanted) {
    String name = SimulatedCluster.replicaSetName(podHash);
    Optional<Stored> seen = orchestrator.replicaSets().find(name);
    int number = mine.rollout().revision().number();
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    ReplicaSetObject there = (ReplicaSetObject) seen.get().object();
    if (!there.owner().equals(mine.rollout().identity().uid())) {
      // It goes with its owner, who had this name before.
      ground.chaos().led(Consequence.NAME_STILL_TAKEN);
      orchestrator.process().later(Duration.ofMillis(500), this::wake);
      return Optional.empty();
    }
    Cluster known = mine.rollout().cluster();
    boolean isDecidedAbout = known.has(podHash) && known.wanted(podHash) == there.set().wanted();
    if (guards.isOn(Guard.SIZE_SEEN) && !isDecidedAbout) {
      // The row was decided on another size: this one is on its way.
      return Optional.empty();
    }
    int revision =
        mine.rollout().revision().podHash().equals(podHash) ? number : there.set().revision();
    if (there.set().wanted() == wanted && there.set().revision() == revision) {
      return Optional.empty();
    }
    int before = there.set().wanted();
    return write(
        name,
        seen.get().version(),
        there.sized(wanted, revision),
        wasNewest -> {
          Integer current =
              wanted(mine).map(rollout -> Sizes.of(rollout).get(podHash)).orElse(null);
          boolean wasChecked = wasNewest && isDecidedAbout;
          boolean outdated = wasChecked && (current == null || current != wanted);
          noteIf(outdated);
          orchestrator.log(() -> "size " + podHash + ": " + before + " -> " + wanted);
          checks.observe(
              mine.rollout().identity().uid(),
              new Observation.SizeWritten(
                  podHash, before, wanted, mine.rollout().fence(), outdated));
        });
  }

  private Optional<Write> create(Committed mine, String podHash) {
    String name = SimulatedCluster.replicaSetName(podHash);
    if (orchestrator.replicaSets().find(name).isPresent()) {
      return Optional.empty();
    }
    String uid = mine.rollout().identity().uid();
    int number = mine.rollout().revision().number();
    ReplicaSetObject created =
        new ReplicaSetObject(
            new Cluster.ReplicaSet("app-" + podHash, podHash, number, 0, 0, 0, 0, ground.now()),
            uid);
    return Optional.of(
        new Write(
            _ -> cluster.createReplicaSet(name, created),
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
            }));
  }

  private Optional<Write> select(Committed mine, String service, String wanted) {
    Optional<Stored> seen = orchestrator.services().find(service);
    String before = seen.map(s -> ((ServiceObject) s.object()).selector()).orElse(wanted);
    boolean canary = service.equals(SimulatedCluster.CANARY);
    Cluster known = mine.rollout().cluster();
    boolean isKnownSo = wanted.equals(canary ? known.canarySelector() : known.stableSelector());
    // Where the row has seen it as it is wanted, it stays: a newer sight of it is on its way.
    if (before.equals(wanted) || wanted.isEmpty() || isKnownSo) {
      return Optional.empty();
    }
    return write(
        service,
        seen.get().version(),
        new ServiceObject(wanted),
        wasNewest -> {
          boolean outdated =
              wasNewest
                  && wanted(mine)
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

  private Optional<Write> write(
      String name, long over, ClusterObject object, Consumer<Boolean> written) {
    AtomicReference<Stored> there = new AtomicReference<>();
    return Optional.of(
        new Write(
            wasNewest -> {
              long version = guards.isOn(Guard.OBJECT_VERSION) ? over : cluster.versionOf(name);
              Answer answer = cluster.putOver(version, name, object);
              if (answer == Answer.DONE) {
                there.set(cluster.find(name).orElseThrow());
                written.accept(wasNewest);
              }
              return answer;
            },
            answer -> {
              if (answer == Answer.DONE) {
                orchestrator.wrote(there.get());
              }
            }));
  }
}

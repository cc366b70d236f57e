package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was taken from the cluster into the store: of each object the newest version that anybody
 * has seen, and which status was last ours. Commands are taken out of a version of the Rollout
 * before a status may be written over it.
 */
final class ClusterDesk {

  private final Chaos chaos;
  private final Guards guards;
  private final SimulatedStore store;
  private final Setting setting;
  private final ExperimentSightings experiments;
  private final Map<String, Stored> sightings = new TreeMap<>();
  private final Map<Long, Status> underWay = new HashMap<>();
  private String uid = "";
  private Status projected = Status.NOTHING;
  private long projectedVersion;

  ClusterDesk(Chaos chaos, Guards guards, SimulatedStore store, Setting setting) {
    this.chaos = chaos;
    this.guards = guards;
    this.store = store;
    this.setting = setting;
    experiments = new ExperimentSightings(store);
  }

  /**
   * Takes all that somebody has seen, as far as it is newer than what is known. One transaction.
   */
  void observe(List<Stored> seen) {
    store.reach();
    seen.stream().filter(s -> !s.name().equals(SimulatedCluster.ROLLOUT)).forEach(this::observe);
    seen.stream().filter(s -> s.name().equals(SimulatedCluster.ROLLOUT)).forEach(this::observe);
  }

  // The Rollout comes last: nothing is decided on a cluster that was not looked at.
  private void observe(Stored seen) {
    Stored known = sightings.get(seen.name());
    boolean isOld = known != null && known.version() >= seen.version();
    if (isOld && guards.isOn(Guard.NEWEST_SIGHTING)) {
      if (known.version() > seen.version()) {
        chaos.led(Consequence.OLD_SIGHTING_IGNORED);
      }
      return;
    }
    sightings.put(seen.name(), seen);
    if (!seen.name().equals(SimulatedCluster.ROLLOUT)) {
      level(new Signal.ClusterObserved(cluster()));
      experiments.endAsked(uid, seen).ifPresent(end -> store.take(end, null));
    } else if (seen.object() instanceof RolloutObject there) {
      turnTo(there.uid());
      takeCommands(seen.version(), there.status());
      level(new Signal.ClusterObserved(cluster()));
      level(specification(there));
    } else {
      gone();
    }
  }

  // Who has the name now is another one; the one before is gone, whoever saw it go.
  private void turnTo(String seen) {
    if (!seen.equals(uid)) {
      gone();
      store.open(seen);
      uid = seen;
      projected = Status.NOTHING;
      projectedVersion = 0;
      underWay.clear();
    }
  }

  private void gone() {
    store.take(input(uid, "rollouts", "gone", new Signal.RolloutGone()), null);
  }

  private Signal specification(RolloutObject there) {
    return there.manifest().valid()
        ? new Signal.SpecificationObserved(
            there.manifest().specification(there.generation(), setting))
        : new Signal.SpecificationUnusable(there.generation(), "service \"app-stable\" not found");
  }

  private void takeCommands(long version, Status there) {
    if (version <= projectedVersion) {
      return;
    }
    if (projectedVersion != 0) {
      commands(there).forEach((field, command) -> command(version, field, command));
    }
    projected = there;
    projectedVersion = version;
    underWay.clear();
  }

  // What differs from both: from what was there, and from what is on its way.
  private Map<String, Command> commands(Status there) {
    Status written = underWay.get(there.row());
    boolean isSame = there.row() == projected.row();
    if (written == null) {
      return isSame ? StatusCommands.between(projected, there) : Map.of();
    }
    Map<String, Command> commands = new LinkedHashMap<>(StatusCommands.between(written, there));
    if (isSame) {
      commands.keySet().retainAll(StatusCommands.between(projected, there).keySet());
    }
    return commands;
  }

  private void command(long version, String field, Command command) {
    String id = version + "/" + field;
    store.take(input(uid, "status", id, new Signal.CommandReceived("status/" + id, command)), null);
  }

  /** Whether a status may be written over this version: all commands in it were taken. */
  boolean mayWriteStatus(Status status, long over) {
    store.reach();
    if (over != projectedVersion) {
      return false;
    }
    underWay.put(status.row(), status);
    return true;
  }

  /** The status was written; the object has this version now. */
  void statusWritten(Status status, long version) {
    store.reach();
    if (version > projectedVersion) {
      projected = status;
      projectedVersion = version;
      underWay.clear();
    }
  }

  private Cluster cluster() {
    Map<String, Cluster.ReplicaSet> sets = new TreeMap<>();
    Map<String, String> selectors = new HashMap<>();
    Cluster.Shown shown = Cluster.Shown.NOTHING;
    Manifest manifest = null;
    for (Stored seen : sightings.values()) {
      switch (seen.object()) {
        case ReplicaSetObject(var set, String owner) when owner.equals(uid) ->
            sets.put(set.podHash(), set);
        case ReplicaSetObject _ -> {}
        case ServiceObject(String selector) -> selectors.put(seen.name(), selector);
        case RolloutObject rollout -> {
          manifest = rollout.manifest();
          shown =
              new Cluster.Shown(
                  rollout.status().step(),
                  rollout.status().stableHash(),
                  rollout.status().weight(),
                  rollout.manifest().changedBy(),
                  inherited());
        }
        case ClusterObject.IngressObject _ -> {}
        case ExperimentObject _ -> {}
        case null -> {}
      }
    }
    return new Cluster(
            sets,
            selector(selectors, SimulatedCluster.CANARY, canaryService(manifest)),
            selector(selectors, SimulatedCluster.STABLE, stableService(manifest)),
            shown)
        .with(experiments.seen(uid, sightings));
  }

  // It is looked at once.
  private Cluster.Inherited inherited() {
    return store
        .committed()
        .map(committed -> committed.rollout())
        .filter(rollout -> rollout.revision() != null)
        .map(rollout -> rollout.cluster().shown().inherited())
        .orElseGet(() -> Beginning.inherited(setting));
  }

  // A Service that the Rollout does not name is none of its own.
  private static String selector(Map<String, String> selectors, String service, String named) {
    return named.isEmpty() ? "" : selectors.getOrDefault(service, "");
  }

  private String canaryService(Manifest manifest) {
    return inForceBeside(manifest)
        .map(Specification::canaryService)
        .orElseGet(() -> manifest == null ? "" : manifest.canaryService(setting));
  }

  private String stableService(Manifest manifest) {
    return inForceBeside(manifest)
        .map(Specification::stableService)
        .orElseGet(() -> manifest == null ? "" : manifest.stableService(setting));
  }

  // A manifest that cannot be used takes no Service away from the specification in force.
  private Optional<Specification> inForceBeside(Manifest manifest) {
    return store
        .committed()
        .filter(_ -> manifest != null && !manifest.valid())
        .map(c -> c.rollout().specification());
  }

  private void level(Signal signal) {
    store.take(input(uid, "cluster", null, signal), null);
  }

  static Input input(String uid, String source, String id, Signal signal) {
    return new Input(new Identity(uid, "", ""), source, id, "", signal);
  }
}

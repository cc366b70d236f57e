package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import java.util.Map;
import java.util.Optional;

/** What is seen of the Experiment that is waited for. Of its name only that one counts. */
final class ExperimentSightings {

  private final SimulatedStore store;

  ExperimentSightings(SimulatedStore store) {
    this.store = store;
  }

  /** As a decision sees it. */
  Map<String, Cluster.Experiment> seen(String uid, Map<String, Stored> sightings) {
    Rollout rollout = rollout(uid).orElse(null);
    StepExperiment wanted = rollout == null ? null : rollout.experiment();
    Stored seen =
        wanted == null ? null : sightings.get(SimulatedCluster.experimentName(wanted.name()));
    return seen != null
            && ExperimentLevels.isOf(rollout, wanted, seen.object())
            && seen.object() instanceof ExperimentObject there
        ? Map.of(wanted.name(), new Cluster.Experiment(there.phase(), "", there.terminated()))
        : Map.of();
  }

  /** The command, if somebody has asked for its end: who waits for it has not. */
  Optional<Input> endAsked(String uid, Stored seen) {
    return rollout(uid)
        .filter(rollout -> rollout.experiment() != null && rollout.experiment().isLive())
        .filter(rollout -> isMarked(rollout, seen))
        .map(rollout -> {
          String id = seen.name() + "/terminate";
          return ClusterDesk.input(
              uid,
              ExperimentLevels.SOURCE,
              id,
              new Signal.CommandReceived(
                  ExperimentLevels.SOURCE + "/" + id,
                  new Command.TerminateRun(rollout.experiment().name())));
        });
  }

  private static boolean isMarked(Rollout rollout, Stored seen) {
    StepExperiment wanted = rollout.experiment();
    return SimulatedCluster.experimentName(wanted.name()).equals(seen.name())
        && ExperimentLevels.isOf(rollout, wanted, seen.object())
        && seen.object() instanceof ExperimentObject there
        && there.terminated();
  }

  private Optional<Rollout> rollout(String uid) {
    return store
        .committed()
        .map(Committed::rollout)
        .filter(rollout -> rollout.identity().uid().equals(uid));
  }
}

package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives the experiment of a step its object, and marks all others: as the orchestrator's edge does
 * it.
 */
final class ExperimentLevels {

  static final String SOURCE = "experiments";

  private final Ground ground;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedCluster cluster;
  private final Set<String> made = new HashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean planned;

  ExperimentLevels(Ground ground, SimulatedOrchestrator orchestrator, SimulatedCluster cluster) {
    this.ground = ground;
    this.orchestrator = orchestrator;
    this.cluster = cluster;
    orchestrator.onCommit(this::wake);
    orchestrator
        .process()
        .onStart(() -> {
          made.clear();
          underWay.clear();
          planned = false;
        });
  }

  private void wake() {
    boolean nothing =
        orchestrator.known().filter(mine -> mine.rollout().experiment() != null).isEmpty()
            && orchestrator.experiments().all().isEmpty();
    if (!planned && !nothing) {
      planned = true;
      orchestrator.process().later(Duration.ofMillis(20), this::compare);
    }
  }

  private void compare() {
    planned = false;
    Committed mine = orchestrator.known().orElse(null);
    if (mine == null || mine.rollout().revision() == null || !orchestrator.isThere(mine)) {
      return;
    }
    StepExperiment wanted = mine.rollout().experiment();
    boolean isLive = wanted != null && wanted.isLive();
    if (isLive) {
      make(mine, wanted);
    }
    for (Stored stored : List.copyOf(orchestrator.experiments().all())) {
      boolean isWanted =
          isLive && stored.name().equals(SimulatedCluster.experimentName(wanted.name()));
      if (!isWanted) {
        terminate(mine, stored);
      }
    }
  }

  private void make(Committed mine, StepExperiment wanted) {
    String name = SimulatedCluster.experimentName(wanted.name());
    if (find(mine.rollout(), wanted).isPresent()) {
      made.add(name);
      return;
    }
    if (wanted.phase() == null && !made.contains(name)) {
      ExperimentObject object =
          new ExperimentObject(mine.rollout().identity().uid(), wanted.fence(), null, false);
      send(mine, name, () -> cluster.putOver(0, name, object));
    } else {
      lookForEnd(mine, wanted, name);
    }
  }

  // It was there, and is not seen any more: no cache is believed about that.
  private void lookForEnd(Committed mine, StepExperiment wanted, String name) {
    boolean isGone =
        !cluster.isAway()
            && cluster
                .find(name)
                .filter(stored -> isOf(mine.rollout(), wanted, stored.object()))
                .isEmpty();
    if (isGone) {
      orchestrator.take(
          SOURCE,
          name + "/deleted",
          new Signal.CommandReceived(
              SOURCE + "/" + name + "/deleted", new Command.TerminateRun(wanted.name())));
    } else {
      orchestrator.process().later(Duration.ofMillis(500), this::wake);
    }
  }

  private Optional<ExperimentObject> find(Rollout rollout, StepExperiment wanted) {
    return orchestrator
        .experiments()
        .find(SimulatedCluster.experimentName(wanted.name()))
        .filter(stored -> isOf(rollout, wanted, stored.object()))
        .map(stored -> (ExperimentObject) stored.object());
  }

  static boolean isOf(Rollout rollout, StepExperiment wanted, ClusterObject object) {
    return object instanceof ExperimentObject experiment
        && experiment.owner().equals(rollout.identity().uid())
        && experiment.fence().equals(wanted.fence());
  }

  private void terminate(Committed mine, Stored stored) {
    ExperimentObject there = (ExperimentObject) stored.object();
    boolean isOurs = there.owner().equals(mine.rollout().identity().uid());
    boolean isNewer = mine.rollout().fence().isOlderThan(there.fence());
    if (isOurs && !isNewer && !there.isOver() && !there.terminated()) {
      send(
          mine,
          stored.name(),
          () -> cluster.putOver(stored.version(), stored.name(), there.marked()));
    }
  }

  private void send(Committed mine, String name, Supplier<Answer> effect) {
    if (underWay.contains(name)) {
      return;
    }
    if (!orchestrator.isCurrent(mine)) {
      orchestrator.process().later(ground.chaos().millis(1, 30), orchestrator::refresh);
      return;
    }
    if (orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
      return;
    }
    underWay.add(name);
    cluster.request(
        orchestrator.process(),
        effect,
        answer -> {
          underWay.remove(name);
          if (orchestrator.process().crashes(Fault.CRASH_AFTER_WRITE)) {
            return;
          }
          if (answer == Answer.DONE) {
            made.add(name);
          } else {
            orchestrator.process().later(Duration.ofMillis(200), this::wake);
          }
        });
  }
}

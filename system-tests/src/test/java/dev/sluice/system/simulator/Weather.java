package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What befalls the world while it is troubled: neighbours away, dying pods, strangers. */
final class Weather {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final SimulatedPods pods;
  private final SimulatedUser user;
  private final SimulatedOrchestrator orchestrator;
  private final Truth truth;
  private final Checks checks;

  Weather(
      Ground ground,
      SimulatedCluster cluster,
      SimulatedPods pods,
      SimulatedUser user,
      SimulatedOrchestrator orchestrator,
      Truth truth,
      Checks checks) {
    this.ground = ground;
    this.cluster = cluster;
    this.pods = pods;
    this.user = user;
    this.orchestrator = orchestrator;
    this.truth = truth;
    this.checks = checks;
  }

  /** Plans what will happen within this time. */
  void plan(Duration troubled, Consumer<Boolean> broker, Consumer<Boolean> store) {
    outage(Fault.BROKER_AWAY, troubled, broker);
    outage(Fault.STORE_AWAY, troubled, store);
    outage(Fault.API_AWAY, troubled, cluster::away);
    for (int i = 0; i < 4; i++) {
      sometime(Fault.DEAD_PODS, troubled, this::killPods);
    }
    for (int i = 0; i < 2; i++) {
      sometime(Fault.FOREIGN_WEIGHT, troubled, this::changeWeight);
      sometime(Fault.FOREIGN_ANNOTATIONS, troubled, this::replaceAnnotations);
    }
    sometime(Fault.POISONED_MESSAGE, troubled, this::poison);
    if (ground.chaos().oneIn(3)) {
      at(troubled, this::terminateRun);
    }
  }

  private void outage(Fault fault, Duration troubled, Consumer<Boolean> away) {
    if (ground.chaos().strikes(fault)) {
      Duration length = Duration.ofSeconds(ground.chaos().between(2, 40));
      at(
          troubled,
          () -> {
            ground.trace().line("weather", () -> fault + " for " + length.toSeconds() + " s");
            ground.trouble(length);
            away.accept(true);
            ground.schedule().after(length, () -> away.accept(false));
          });
    }
  }

  private void sometime(Fault fault, Duration troubled, Runnable work) {
    if (ground.chaos().strikes(fault)) {
      at(troubled, work);
    }
  }

  private void at(Duration troubled, Runnable work) {
    int millis = (int) troubled.toMillis();
    ground.schedule().after(Duration.ofMillis(ground.chaos().between(5_000, millis)), work);
  }

  private void killPods() {
    List<Stored> sets = cluster.all(SimulatedCluster.REPLICA_SET);
    if (!sets.isEmpty()) {
      String podHash = ground.chaos().oneOf(sets).name().split("/")[1];
      pods.die(podHash, ground.chaos().between(1, 8));
    }
  }

  private void changeWeight() {
    cluster
        .ingress()
        .ifPresent(there -> {
          int weight = (there.weight() + ground.chaos().between(1, 100)) % 101;
          stranger(there.weight(), weight);
          cluster.put(SimulatedCluster.INGRESS, new IngressObject(weight, there.fence()));
        });
  }

  private void replaceAnnotations() {
    cluster
        .ingress()
        .ifPresent(there -> {
          if (ground.chaos().oneIn(2)) {
            stranger(there.weight(), 0);
            cluster.delete(SimulatedCluster.INGRESS);
          } else {
            stranger(there.weight(), there.weight());
            cluster.put(SimulatedCluster.INGRESS, new IngressObject(there.weight(), Fence.NONE));
          }
        });
  }

  private void stranger(int before, int after) {
    ground.trace().line("stranger", () -> "route: " + before + " -> " + after);
    truth.foreign(true);
    checks.observe(new Observation.WeightWritten(before, after, Fence.NONE));
  }

  private void poison() {
    orchestrator.take(
        ClusterDesk.input("poison", "1", new Signal.DecisionFailed("a message nobody expected")),
        () -> {});
  }

  // It stands in the AnalysisRun until it was taken.
  private void terminateRun() {
    user.runToTerminate()
        .ifPresent(run -> {
          String id = "terminate/" + run;
          checks.observe(new Observation.CommandAcknowledged("analysisruns", id));
          terminate(
              ClusterDesk.input(
                  "analysisruns",
                  id,
                  new Signal.CommandReceived(id, new Command.TerminateRun(run))));
        });
  }

  private void terminate(Intake.Input input) {
    AtomicBoolean taken = new AtomicBoolean();
    orchestrator.take(input, () -> taken.set(true));
    ground
        .schedule()
        .after(
            Duration.ofSeconds(20),
            () -> {
              if (!taken.get()) {
                terminate(input);
              }
            });
  }
}

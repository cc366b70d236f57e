package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import dev.sluice.system.simulator.invariant.Observation;
import dev.sluice.traffic.CanaryIngress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final Disaster disaster;

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
    disaster = new Disaster(ground, cluster, pods, user);
  }

  /** Plans what will happen within this time. */
  void plan(Duration troubled, Consumer<Boolean> broker, Consumer<Boolean> store) {
    outage(Fault.BROKER_AWAY, troubled, broker);
    outage(Fault.STORE_AWAY, troubled, store);
    outage(Fault.API_AWAY, troubled, cluster::away);
    for (int i = 0; i < 4; i++) {
      sometime(Fault.DEAD_PODS, troubled, this::killPods);
    }
    if (ground.chaos().strikes(Fault.DISASTER)) {
      disaster.await();
    }
    for (int i = 0; i < 2; i++) {
      sometime(Fault.FOREIGN_WEIGHT, troubled, this::changeWeight);
      sometime(Fault.FOREIGN_ANNOTATIONS, troubled, this::replaceAnnotations);
    }
    sometime(Fault.CRASH_LOOP, troubled, () -> again(12, 5_000, this::killStablePods));
    sometime(Fault.AUTOSCALER, troubled, () -> again(5, 15_000, user::autoscale));
    sometime(Fault.REPOSITORY, troubled, this::synchronize);
    sometime(Fault.RECREATED, troubled, user::recreate);
    sometime(Fault.FOREIGN_FIGHT, troubled, this::fight);
    sometime(Fault.FOREIGN_TOTAL, troubled, this::changeTotal);
    sometime(Fault.FENCE_ABOVE, troubled, this::raiseFence);
    sometime(Fault.STABLE_INGRESS_AWAY, troubled, this::hideStable);
    sometime(Fault.POISONED_MESSAGE, troubled, this::poison);
    sometime(Fault.EMPTIED_SELECTOR, troubled, this::emptySelector);
    for (int i = ground.chaos().below(5); i > 0; i--) {
      at(troubled, ground.chaos().act(this::terminateRun));
    }
  }

  private void outage(Fault fault, Duration troubled, Consumer<Boolean> away) {
    if (ground.chaos().strikes(fault)) {
      Duration length = Duration.ofSeconds(ground.chaos().between(2, 40));
      at(troubled, () -> ground.away(fault, length, away));
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

  private void killStablePods() {
    String stable = truth.rollout().map(Rollout::stableHash).orElse("");
    cluster.replicaSet(stable).ifPresent(_ -> pods.die(stable, Integer.MAX_VALUE));
  }

  // As a tool does that keeps a cluster as a repository says, whoever has changed it.
  private void synchronize() {
    user.commit();
    int times = ground.chaos().between(1, 4);
    for (int i = 1; i <= times; i++) {
      ground
          .schedule()
          .after(Duration.ofSeconds(ground.chaos().between(1, 30 * i)), user::synchronize);
    }
  }

  private void emptySelector() {
    String service =
        ground.chaos().oneOf(List.of(SimulatedCluster.CANARY, SimulatedCluster.STABLE));
    if (!cluster.selector(service).isEmpty()) {
      cluster.put(service, new ServiceObject(""));
      truth.emptied(service);
    }
  }

  private void again(int times, int millis, Runnable work) {
    for (int i = 0; i < times; i++) {
      ground.schedule().after(Duration.ofMillis((long) millis * i), work);
    }
  }

  private void changeWeight() {
    cluster
        .ingress()
        .ifPresent(there -> {
          int weight = (there.weight() + ground.chaos().between(1, 100)) % 101;
          strangely(there.annotated(IngressObject.WEIGHT, Integer.toString(weight)));
        });
  }

  private void fight() {
    again(8, 3_000, this::changeWeight);
  }

  private void changeTotal() {
    cluster.ingress().ifPresent(there -> strangely(there.annotated(IngressObject.TOTAL, "1000")));
  }

  private void replaceAnnotations() {
    cluster
        .ingress()
        .ifPresent(there -> {
          switch (ground.chaos().below(3)) {
            case 0 -> {
              stranger(there.weight(), 0);
              cluster.delete(SimulatedCluster.INGRESS_OF_CANARY);
            }
            case 1 ->
                strangely(
                    there.annotated(
                        Map.of(IngressObject.WEIGHT, Integer.toString(there.weight()))));
            default ->
                cluster.put(
                    SimulatedCluster.INGRESS_OF_CANARY,
                    there.annotated("team.example/note", "do not touch"));
          }
        });
  }

  // What the route carries was written by a database that was lost since.
  private void raiseFence() {
    cluster
        .ingress()
        .filter(there -> !there.fence().equals(Fence.NONE))
        .ifPresent(there -> {
          Fence above = new Fence(there.fence().epoch() + 2, there.fence().seq() + 10);
          strangely(there.annotated(CanaryIngress.FENCE, above.toString()));
        });
  }

  private void hideStable() {
    cluster
        .find(SimulatedCluster.STABLE_INGRESS)
        .ifPresent(there -> {
          ground.trace().line("stranger", () -> "takes the stable Ingress away");
          Duration length = Duration.ofSeconds(ground.chaos().between(2, 20));
          ground.trouble(length);
          cluster.delete(SimulatedCluster.STABLE_INGRESS);
          ground
              .schedule()
              .after(length, () -> cluster.put(SimulatedCluster.STABLE_INGRESS, there.object()));
        });
  }

  private void strangely(IngressObject after) {
    stranger(truth.weight(), after.weight());
    cluster.put(SimulatedCluster.INGRESS_OF_CANARY, after);
  }

  private void stranger(int before, int after) {
    ground.trace().line("stranger", () -> "route: " + before + " -> " + after);
    truth.foreign(true);
    checks.observe(new Observation.WeightWritten(before, after, 0, Fence.NONE));
  }

  private void poison() {
    orchestrator.take("poison", "1", new Signal.DecisionFailed("a message nobody expected"));
  }

  // It stands in the AnalysisRun until it was taken.
  private void terminateRun() {
    user.runToTerminate()
        .ifPresent(run -> {
          String uid = run.substring(0, run.indexOf('/'));
          String id = "terminate/" + run;
          checks.observe(uid, new Observation.CommandAcknowledged("analysisruns", id));
          terminate(
              ClusterDesk.input(
                  uid,
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

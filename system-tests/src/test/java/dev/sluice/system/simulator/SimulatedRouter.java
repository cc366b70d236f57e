package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficDesired;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An instance of the router. Each record is worked on as it comes, so that old ones meet the fence;
 * one that sleeps in the middle goes on where it was.
 */
final class SimulatedRouter implements SimulatedGroup.Member {

  private final Ground ground;
  private final Guards guards;
  private final SimulatedCluster cluster;
  private final SimulatedKafka kafka;
  private final SimulatedGroup group;
  private final Truth truth;
  private final Checks checks;
  private final Process process;
  private final SimulatedWatch watch;
  private TrafficDesired wanted;
  private Fence failed = Fence.NONE;
  private long reports;

  SimulatedRouter(
      String name,
      Ground ground,
      Guards guards,
      SimulatedCluster cluster,
      SimulatedKafka kafka,
      SimulatedGroup group,
      Truth truth,
      Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.cluster = cluster;
    this.kafka = kafka;
    this.group = group;
    this.truth = truth;
    this.checks = checks;
    process = new Process(name, ground);
    watch = new SimulatedWatch(ground, cluster, process, SimulatedCluster.INGRESS, this::seen);
    process.onStart(this::start);
  }

  private void start() {
    wanted = null;
    watch.list();
    process.later(Duration.ofSeconds(5), this::lookAgain);
  }

  @Override
  public Process process() {
    return process;
  }

  @Override
  public void take(int partition, SimulatedKafka.Record record, Runnable done) {
    TrafficDesired desired = (TrafficDesired) record.message();
    if (desired == null) {
      wanted = null;
    } else {
      if (wanted == null || wanted.fence().isOlderThan(desired.fence())) {
        wanted = desired;
      }
      attempt(desired);
    }
    done.run();
  }

  // Somebody else has changed the route, or made it anew.
  private void seen(Stored stored) {
    if (wanted == null) {
      return;
    }
    boolean right =
        stored.object() instanceof IngressObject(int weight, Fence fence)
            && (!fence.equals(wanted.fence()) || weight == wanted.weight())
            && !fence.equals(Fence.NONE);
    if (!right) {
      attempt(wanted);
    }
  }

  private void lookAgain() {
    Stored none = new Stored(SimulatedCluster.INGRESS, 0, null);
    seen(watch.find(SimulatedCluster.INGRESS).orElse(none));
    process.later(Duration.ofSeconds(10), this::lookAgain);
  }

  private void attempt(TrafficDesired desired) {
    process.later(ground.chaos().millis(1, 30), () -> read(desired));
  }

  private void read(TrafficDesired desired) {
    if (cluster.isAway()) {
      retry(desired, "the API server does not answer");
      return;
    }
    Optional<Stored> there = cluster.find(SimulatedCluster.INGRESS);
    process.later(ground.chaos().millis(1, 30), () -> decide(desired, there));
  }

  private void decide(TrafficDesired desired, Optional<Stored> there) {
    Optional<IngressObject> found = there.map(s -> (IngressObject) s.object());
    int partition = SimulatedKafka.partitionOf(desired.key());
    boolean readToEnd = group.isAtEnd(this, partition) && desired.equals(wanted);
    FenceRule rule =
        guards.isOn(Guard.FENCE_CHECK)
            ? FenceRule.of(desired, found, readToEnd)
            : new FenceRule.Write();
    switch (rule) {
      case FenceRule.Write() -> write(desired, there);
      case FenceRule.AlreadyApplied() ->
          report(
              desired,
              new Outcome.Applied(desired.weight(), found.orElseThrow().weight(), List.of()));
      case FenceRule.Superseded(Fence newer) -> report(desired, new Outcome.Superseded(newer));
      case FenceRule.ReadOn() -> {
        if (desired.equals(wanted)) {
          process.later(Duration.ofMillis(200), () -> read(desired));
        }
      }
    }
  }

  private void write(TrafficDesired desired, Optional<Stored> there) {
    if (process.crashes(Fault.CRASH_BEFORE_WRITE)) {
      return;
    }
    int before = there.map(s -> ((IngressObject) s.object()).weight()).orElse(-1);
    cluster.request(
        process,
        () -> {
          Answer answer =
              cluster.putOver(
                  there.map(Stored::version).orElse(0L),
                  SimulatedCluster.INGRESS,
                  new IngressObject(desired.weight(), desired.fence()));
          if (answer == Answer.DONE) {
            process.log(
                () -> "route: " + before + " -> " + desired.weight() + " by " + desired.fence());
            truth.foreign(false);
            checks.observe(
                new Observation.WeightWritten(
                    Math.max(0, before), desired.weight(), desired.fence()));
          }
          return answer;
        },
        answer -> written(desired, before, answer));
  }

  private void written(TrafficDesired desired, int before, Answer answer) {
    if (process.crashes(Fault.CRASH_AFTER_WRITE)) {
      return;
    }
    switch (answer) {
      case DONE -> readBack(desired, before);
      case CONFLICT -> attempt(desired);
      case FAILED -> retry(desired, "the write was refused");
    }
  }

  private void readBack(TrafficDesired desired, int before) {
    boolean equal =
        !cluster.isAway()
            && cluster
                .ingress()
                .filter(i -> i.fence().equals(desired.fence()) && i.weight() == desired.weight())
                .isPresent();
    if (equal) {
      report(desired, new Outcome.Applied(desired.weight(), before, List.of()));
    } else {
      attempt(desired);
    }
  }

  private void retry(TrafficDesired desired, String why) {
    if (!failed.equals(desired.fence())) {
      failed = desired.fence();
      report(desired, new Outcome.Failed(why, ground.now()));
    }
    if (desired.equals(wanted)) {
      process.later(Duration.ofMillis(ground.chaos().between(500, 2_000)), () -> attempt(desired));
    }
  }

  private void report(TrafficDesired desired, Outcome outcome) {
    TrafficApplied message =
        new TrafficApplied(
            desired.uid(),
            desired.namespace(),
            desired.name(),
            desired.fence(),
            outcome,
            ground.now());
    String id = process.name() + ":" + process.life() + ":" + reports++;
    send(new SimulatedKafka.Sending(Topics.TRAFFIC_APPLIED, message.key(), id, message));
  }

  private void send(SimulatedKafka.Sending sending) {
    if (!process.crashes(Fault.CRASH_BEFORE_SEND)) {
      kafka.send(
          process,
          sending,
          known -> {
            if (!known) {
              send(sending);
            }
          });
    }
  }
}

package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import dev.sluice.traffic.Attempt;
import dev.sluice.traffic.Effect;
import dev.sluice.traffic.Keeping;
import dev.sluice.traffic.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An instance of the router around its core. Unlike the real one it takes the history of its
 * partition record by record as wanted, so that old ones meet the fence; and what it does not own
 * any more it goes on keeping until it hears of that.
 */
final class SimulatedRouter implements SimulatedGroup.Member {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Ground ground;
  private final SimulatedKafka kafka;
  private final Checks checks;
  private final Process process;
  private final SimulatedRoutes routes;
  private final SimulatedWatch ingresses;
  private final Map<Integer, Long> positions = new HashMap<>();
  private final Map<String, Keeping> keepings = new TreeMap<>();
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
    this.kafka = kafka;
    this.checks = checks;
    process = new Process(name, ground);
    routes = new SimulatedRoutes(ground, guards, cluster, this, group, truth, checks);
    ingresses = new SimulatedWatch(ground, cluster, process, SimulatedCluster.INGRESS, this::seen);
    process.onStart(() -> {
      keepings.clear();
      positions.clear();
      ingresses.start();
    });
  }

  @Override
  public Process process() {
    return process;
  }

  SimulatedWatch ingresses() {
    return ingresses;
  }

  @Override
  public void assigned(int partition) {
    positions.put(partition, 0L);
  }

  @Override
  public void lost(int partition) {
    positions.remove(partition);
    keepings.keySet().removeIf(uid -> partition == SimulatedKafka.partitionOf(uid));
  }

  static int partitionOf(TrafficDesired split) {
    return SimulatedKafka.partitionOf(split.key());
  }

  @Override
  public void take(int partition, SimulatedKafka.Record record, Runnable done) {
    TrafficDesired split = (TrafficDesired) record.message();
    String uid = record.key();
    if (split == null) {
      keepings.remove(uid);
    } else if (!keepings.containsKey(uid)) {
      checks.visit(new Signal.Wanted(split));
      follow(uid, Keeping.of(split));
    } else {
      give(uid, new Signal.Wanted(split));
    }
    positions.computeIfPresent(partition, (_, _) -> record.offset() + 1);
    done.run();
  }

  private void seen(Stored stored) {
    String object = SimulatedCluster.objectOf(stored.name());
    Signal changed =
        new Signal.RouteChanged(object, stored.object() == null ? "" : stored.versionText());
    List.copyOf(keepings.keySet()).forEach(uid -> give(uid, changed));
  }

  private void give(String uid, Signal signal) {
    Keeping keeping = keepings.get(uid);
    if (keeping != null) {
      checks.visit(signal);
      follow(uid, keeping.on(signal, ground.now()));
    }
  }

  private void follow(String uid, Keeping.Step step) {
    keepings.put(uid, step.next());
    for (Effect effect : step.effects()) {
      checks.visit(effect);
      switch (effect) {
        case Effect.Apply(TrafficDesired split) ->
            routes.apply(split, result -> attempted(split, result));
        case Effect.Report(TrafficApplied message) -> report(message);
        case Effect.Wake(Instant at) ->
            process.later(
                Duration.between(ground.now(), at).plusMillis(1),
                () -> give(uid, new Signal.TimePassed()));
      }
    }
  }

  private void attempted(TrafficDesired split, Attempt result) {
    checks.visit(result);
    if (result instanceof Attempt.Superseded) {
      ground.chaos().led(Consequence.OLD_SPLIT_DROPPED);
    }
    give(split.key(), new Signal.Attempted(split.fence(), result));
  }

  /** The newest wanted fence where the log ends now; empty where that cannot be said. */
  void newestAtEnd(TrafficDesired split, Consumer<Optional<Fence>> answered) {
    if (!keepings.containsKey(split.key())) {
      answered.accept(Optional.of(Fence.NONE));
    } else if (kafka.isAway()) {
      process.later(PATIENCE, () -> answered.accept(Optional.empty()));
    } else {
      int partition = partitionOf(split);
      long end = kafka.partition(Topics.TRAFFIC_DESIRED, partition).size();
      await(split.key(), end, ground.now().plus(PATIENCE), answered);
    }
  }

  private void await(String uid, long end, Instant deadline, Consumer<Optional<Fence>> answered) {
    Long position = positions.get(SimulatedKafka.partitionOf(uid));
    if (position == null || ground.now().isAfter(deadline)) {
      answered.accept(Optional.empty());
    } else if (position < end) {
      process.later(LOOK_AGAIN, () -> await(uid, end, deadline, answered));
    } else {
      Keeping keeping = keepings.get(uid);
      answered.accept(Optional.of(keeping == null ? Fence.NONE : keeping.wanted().fence()));
    }
  }

  private void report(TrafficApplied message) {
    String id = process.name() + ":" + process.life() + ":" + reports++;
    send(new SimulatedKafka.Sending(Topics.TRAFFIC_APPLIED, message.key(), id, message));
  }

  private void send(SimulatedKafka.Sending sending) {
    if (process.crashes(Fault.CRASH_BEFORE_SEND)) {
      return;
    }
    kafka.send(
        process,
        sending,
        known -> {
          if (!process.crashes(Fault.CRASH_AFTER_SEND) && !known) {
            send(sending);
          }
        });
  }
}

package dev.sluice.system.simulator;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The database: one row, its inbox, log, outbox and timers. Each call is one transaction. */
final class SimulatedStore {

  /** Nothing is stored. */
  static final class Away extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Ground ground;
  private final Guards guards;
  private final Checks checks;
  private final Set<String> inbox = new HashSet<>();
  private final SimulatedOutbox outbox;
  private final Set<String> runs = new LinkedHashSet<>();
  private final Map<String, Rollout> gone = new HashMap<>();
  private final List<Runnable> onCommit = new ArrayList<>();
  private Rollout rollout;
  private Rollout cached;
  private Map<String, Instant> timers = Map.of();
  private long version;
  private long decisions;
  private boolean away;

  SimulatedStore(Ground ground, Guards guards, Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.checks = checks;
    outbox = new SimulatedOutbox(guards);
  }

  void away(boolean isAway) {
    away = isAway;
    if (away) {
      outbox.endAll();
    }
  }

  boolean isReachable() {
    return !away;
  }

  void reach() {
    if (away) {
      throw new Away();
    }
  }

  Optional<Committed> find() {
    reach();
    return committed();
  }

  /** What is committed, also while nobody can ask for it. */
  Optional<Committed> committed() {
    return Optional.ofNullable(rollout).map(r -> new Committed(r, version));
  }

  /** Moves with every commit. */
  long version() {
    reach();
    return version;
  }

  Map<String, Instant> timers() {
    reach();
    return timers;
  }

  /** When the next timer is due, also while nobody can ask for it. */
  Optional<Instant> dueNext() {
    return timers.values().stream().min(Instant::compareTo);
  }

  long decisions() {
    return decisions;
  }

  SimulatedOutbox outbox() {
    return outbox;
  }

  /** All runs that were ever wanted, the newest last: their objects stay for a while. */
  List<String> runs() {
    return List.copyOf(runs);
  }

  /** The row of a Rollout that was not known; the one that had its name before is gone. */
  void open(String uid) {
    if (rollout != null && !isAbout(uid)) {
      gone.put(rollout.identity().uid(), rollout);
    }
    if (rollout == null || !isAbout(uid)) {
      rollout =
          Rollout.unknown(new Identity(uid, "production", SimulatedCluster.NAME), ground.now());
      timers = Map.of();
      checks.turnTo(uid);
    }
  }

  /** Whether the Rollout that has the name, as far as it is known, is this one. */
  boolean isAbout(String uid) {
    return rollout != null && rollout.identity().uid().equals(uid);
  }

  /** Does this after each commit, whoever made it. */
  void onCommit(Runnable work) {
    onCommit.add(work);
  }

  /** Does this for an instance that believes that to be committed. */
  void transact(Optional<Committed> known, Runnable transaction) {
    cached = known.map(Committed::rollout).orElse(null);
    transaction.run();
  }

  /** Takes one input; the message is null where it did not come with one. */
  Taken take(Input input, Message message) {
    reach();
    String uid = input.identity().uid();
    Rollout before = isAbout(uid) ? decidedOn(uid) : gone.get(uid);
    if (before == null) {
      return Taken.IGNORED;
    }
    if (!isAbout(uid)) {
      ground.chaos().led(Consequence.INPUT_FOR_ONE_GONE);
    }
    String id = uid + "/" + input.source() + "/" + input.id();
    if (input.id() != null && guards.isOn(Guard.DEDUPLICATION) && !inbox.add(id)) {
      ground.chaos().led(Consequence.INPUT_REPEATED);
      return Taken.REPEATED;
    }
    Signal told = input.signal();
    Signal signal = guards.afterTampering(told, before);
    Decision decision = Decider.on(before, signal, ground.now());
    Observation.Decided decided =
        new Observation.Decided(before, told, message, signal, ground.now(), decision);
    boolean changes =
        !decision.entries().isEmpty()
            || !decision.outgoing().isEmpty()
            || !decision.next().equals(before);
    boolean isInVain = !changes && signal instanceof Signal.TimerFired;
    if (isInVain) {
      inbox.remove(id);
    }
    if (isInVain || (input.id() == null && !changes)) {
      checks.ignored(decided);
      return Taken.IGNORED;
    }
    commit(uid, decision);
    onCommit.forEach(Runnable::run);
    trace(input, decision);
    checks.observe(uid, decided);
    return Taken.DECIDED;
  }

  // The row that is locked meanwhile; or what an instance without this guard believes to be in it.
  private Rollout decidedOn(String uid) {
    boolean believes =
        !guards.isOn(Guard.STORED_ROW) && cached != null && cached.identity().uid().equals(uid);
    return believes ? cached : rollout;
  }

  private void commit(String uid, Decision decision) {
    if (isAbout(uid)) {
      rollout = decision.next();
      cached = rollout;
      timers = decision.timers();
    } else {
      gone.put(uid, decision.next());
    }
    version++;
    decisions++;
    for (Decision.Entry entry : decision.entries()) {
      RolloutEvent event =
          new RolloutEvent(
              uid,
              decision.next().identity().namespace(),
              decision.next().identity().name(),
              entry.seq(),
              entry.epoch(),
              ground.now(),
              "",
              "",
              entry.fact(),
              "",
              "");
      outbox.add(
          uid, new SimulatedKafka.Sending(Topics.ROLLOUT_EVENTS, event.key(), event.id(), event));
    }
    int number = 0;
    for (Outgoing outgoing : decision.outgoing()) {
      String id = uid + ":" + version + ":" + number++;
      if (outgoing instanceof Outgoing.Publish(_, AnalysisDesired wanted)) {
        runs.add(wanted.run());
      }
      outbox.add(
          uid,
          switch (outgoing) {
            case Outgoing.Publish(String topic, Message message) ->
                new SimulatedKafka.Sending(topic, message.key(), id, message);
            case Outgoing.Forget(String topic, String key) ->
                new SimulatedKafka.Sending(topic, key, id, null);
          });
    }
  }

  private void trace(Input input, Decision decision) {
    ground
        .trace()
        .line(
            "decision",
            () -> {
              StringBuilder text = new StringBuilder(text(input.signal()));
              decision
                  .entries()
                  .forEach(e ->
                      text.append("\n")
                          .append(" ".repeat(26))
                          .append(e.epoch() + "." + e.seq() + " " + e.fact()));
              return text.toString();
            });
  }

  private static String text(Signal signal) {
    return switch (signal) {
      case Signal.ClusterObserved(Cluster cluster) -> {
        StringBuilder text = new StringBuilder("ClusterObserved");
        cluster
            .replicaSets()
            .values()
            .forEach(r -> text.append(" " + r.podHash() + "=" + r.available() + "/" + r.wanted()));
        yield text.append(
                " canary->" + cluster.canarySelector() + " stable->" + cluster.stableSelector())
            .toString();
      }
      case Signal.SpecificationObserved(var s) ->
          "SpecificationObserved %d %s %s replicas %d %s"
              .formatted(
                  s.generation(),
                  s.podHash(),
                  s.stepsHash(),
                  s.replicas(),
                  s.paused() ? "paused" : "");
      case Signal other -> other.toString();
    };
  }
}

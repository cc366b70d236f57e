package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An instance of the orchestrator: the shell around the core. What it knows of the row is what it
 * last read; others may have moved it on.
 */
final class SimulatedOrchestrator {

  private final Ground ground;
  private final Guards guards;
  private final SimulatedStore store;
  private final SimulatedCluster cluster;
  private final ClusterDesk desk;
  private final Process process;
  private final List<SimulatedWatch> watches = new ArrayList<>();
  private final List<Runnable> onCommit = new ArrayList<>();
  private final SimulatedWatch replicaSets;
  private final SimulatedWatch services;
  private final SimulatedWatch experiments;
  private final SimulatedWatch rollouts;
  private Optional<Committed> known = Optional.empty();
  private final List<Stored> untold = new ArrayList<>();
  private boolean passing;
  private boolean looking;

  SimulatedOrchestrator(
      String name,
      Ground ground,
      Guards guards,
      SimulatedStore store,
      ClusterDesk desk,
      SimulatedCluster cluster) {
    this.ground = ground;
    this.guards = guards;
    this.store = store;
    this.cluster = cluster;
    this.desk = desk;
    process = new Process(name, ground);
    replicaSets = watch(cluster, SimulatedCluster.REPLICA_SET);
    services = watch(cluster, SimulatedCluster.SERVICE);
    experiments = watch(cluster, SimulatedCluster.EXPERIMENT);
    rollouts = watch(cluster, SimulatedCluster.ROLLOUT);
    process.onStart(this::start);
    store.onCommit(this::committed);
  }

  private SimulatedWatch watch(SimulatedCluster cluster, String kind) {
    SimulatedWatch watch = new SimulatedWatch(ground, cluster, process, kind, this::seen);
    watches.add(watch);
    return watch;
  }

  // What is seen during a pass is told when the pass is over: it knows more than the row meanwhile.
  private void seen(Stored stored) {
    untold.add(stored);
    if (!passing) {
      tell();
    }
  }

  private void tell() {
    List<Stored> news = List.copyOf(untold);
    untold.clear();
    take(() -> desk.observe(with(news)), () -> {});
  }

  /** Says whether a pass over the Rollout is under way. */
  void passing(boolean isUnderWay) {
    passing = isUnderWay;
    if (!passing && !untold.isEmpty()) {
      tell();
    }
  }

  private List<Stored> with(List<Stored> news) {
    List<Stored> all = new ArrayList<>(news);
    watches.forEach(w -> all.addAll(w.all()));
    return all;
  }

  /** The server has answered a write so. */
  void wrote(Stored stored) {
    watches.forEach(w -> w.wrote(stored));
  }

  Process process() {
    return process;
  }

  /** What it believes is committed. */
  Optional<Committed> known() {
    return known;
  }

  SimulatedWatch replicaSets() {
    return replicaSets;
  }

  SimulatedWatch services() {
    return services;
  }

  SimulatedWatch experiments() {
    return experiments;
  }

  SimulatedWatch rollouts() {
    return rollouts;
  }

  /** Whether the Rollout of this row is there, as far as is seen here. */
  boolean isThere(Committed mine) {
    return rollouts
        .find(SimulatedCluster.ROLLOUT)
        .map(s -> ((RolloutObject) s.object()).uid())
        .filter(mine.rollout().identity().uid()::equals)
        .isPresent();
  }

  /** What it does when it has learned of a commit. */
  void onCommit(Runnable work) {
    onCommit.add(work);
  }

  private void start() {
    known = Optional.empty();
    looking = false;
    passing = false;
    untold.clear();
    watches.forEach(SimulatedWatch::start);
    List<Stored> listed = new ArrayList<>();
    watches.forEach(w -> listed.addAll(w.all()));
    take(() -> desk.observe(listed), () -> {});
    lookForEnd();
    String id = process.name() + "/" + process.life();
    take("start", id, new Signal.RepublishRequested());
    process.later(Duration.ofSeconds(1), this::sweep);
  }

  // It may have been deleted while nobody looked; the end is for ever, so no cache is believed.
  private void lookForEnd() {
    boolean reads = guards.isOn(Guard.END_IS_READ);
    if (reads && cluster.isAway()) {
      process.later(Duration.ofSeconds(1), this::lookForEnd);
    } else if (reads ? cluster.rollout().isEmpty() : rollouts.all().isEmpty()) {
      take("rollouts", "gone", new Signal.RolloutGone());
    }
  }

  private void sweep() {
    refresh();
    process.later(Duration.ofMillis(ground.chaos().between(5_000, 10_000)), this::sweep);
  }

  /** Reads the row again. */
  void refresh() {
    try {
      known = store.find();
      onCommit.forEach(Runnable::run);
    } catch (SimulatedStore.Away _) {
      // The next sweep will read it.
    }
  }

  // Own commits are known at once, those of others are looked for every second.
  private void committed() {
    if (!looking) {
      looking = true;
      process.later(Duration.ofMillis(ground.chaos().between(0, 1_000)), this::look);
    }
  }

  private void look() {
    looking = false;
    try {
      if (known.isEmpty() || known.get().version() < store.version()) {
        refresh();
      }
    } catch (SimulatedStore.Away _) {
      committed();
    }
  }

  boolean reachesStore() {
    return store.isReachable();
  }

  /** Whether this is the newest state that is known here. */
  boolean isNewest(Committed mine) {
    return known.filter(newest -> newest.version() == mine.version()).isPresent();
  }

  /** Whether what was computed from this state may be written: asked right before. */
  boolean isCurrent(Committed mine) {
    return !guards.isOn(Guard.ROW_UNMOVED) || isNewest(mine);
  }

  /** Takes an input about the Rollout that has the name now. */
  void take(String source, String id, Signal signal) {
    store
        .committed()
        .map(c -> c.rollout().identity().uid())
        .ifPresent(uid -> take(ClusterDesk.input(uid, source, id, signal), () -> {}));
  }

  void take(Input input, Runnable acknowledged) {
    take(() -> store.take(input, null), acknowledged);
  }

  /** Gives an input to the store until it is known to be committed. */
  void take(Runnable transaction, Runnable acknowledged) {
    process.later(ground.chaos().millis(1, 15), () -> attempt(transaction, acknowledged));
  }

  private void attempt(Runnable transaction, Runnable acknowledged) {
    if (process.crashes(Fault.CRASH_BEFORE_COMMIT)) {
      return;
    }
    try {
      store.transact(known, transaction);
    } catch (SimulatedStore.Away _) {
      process.later(Duration.ofMillis(500), () -> attempt(transaction, acknowledged));
      return;
    }
    if (process.crashes(Fault.CRASH_AFTER_COMMIT)) {
      return;
    }
    if (ground.chaos().strikes(Fault.UNKNOWN_COMMIT)) {
      process.later(Duration.ofMillis(300), () -> attempt(transaction, acknowledged));
      return;
    }
    refresh();
    acknowledged.run();
  }

  void log(Supplier<String> what) {
    process.log(what);
  }
}

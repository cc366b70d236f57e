package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.RolloutFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One decision in the making: the regions as they are now, and what has been logged so far. Lives
 * for one call.
 */
final class Turn {

  final Instant now;
  final Identity identity;
  long epoch;
  long seq;
  Specification specification;
  String problem;
  long observedGeneration;
  Revision revision;
  String refusal;
  String stableHash;
  Progress progress;
  List<PauseCondition> pauses;
  final Map<AnalysisRole, Run> runs;
  final List<Run> setAside;
  final Map<String, Integer> attempts;
  Plugins plugins;
  StepExperiment experiment;
  Route route;
  final Map<String, Retirement> retirements;
  Cluster cluster;
  Push push;
  Edits edits;
  Restart restart;
  Timing timing;
  Instant epochStartedAt;
  Instant lastProgressAt;
  boolean deadlineExceeded;
  boolean capacityForced;
  boolean everPaused;
  boolean shownPaused;
  boolean everHealthy;
  String quarantine;
  boolean swapped;

  /** Whether the route is to be published even if it is as before. */
  boolean routeStale;

  final List<Decision.Entry> entries = new ArrayList<>();
  final List<Decision.Outgoing> outgoing = new ArrayList<>();

  Turn(Rollout rollout, Instant now) {
    this.now = now;
    identity = rollout.identity();
    epoch = rollout.epoch();
    seq = rollout.seq();
    specification = rollout.specification();
    problem = rollout.problem();
    observedGeneration = rollout.observedGeneration();
    revision = rollout.revision();
    refusal = rollout.refusal();
    stableHash = rollout.stableHash();
    progress = rollout.progress();
    pauses = rollout.pauses();
    runs = new TreeMap<>(rollout.runs());
    setAside = new ArrayList<>(rollout.setAside());
    attempts = new TreeMap<>(rollout.attempts());
    plugins = rollout.plugins();
    experiment = rollout.experiment();
    route = rollout.route();
    retirements = new TreeMap<>(rollout.retirements());
    cluster = rollout.cluster();
    push = rollout.push();
    edits = rollout.edits();
    restart = rollout.restart();
    timing = rollout.timing();
    epochStartedAt = rollout.epochStartedAt();
    lastProgressAt = rollout.lastProgressAt();
    deadlineExceeded = rollout.deadlineExceeded();
    capacityForced = rollout.capacityForced();
    everPaused = rollout.everPaused();
    shownPaused = rollout.shownPaused();
    everHealthy = rollout.everHealthy();
    quarantine = rollout.quarantine();
    swapped = rollout.swapped();
  }

  /** The state as it is now. */
  Rollout state() {
    return new Rollout(
        identity,
        epoch,
        seq,
        specification,
        problem,
        observedGeneration,
        revision,
        refusal,
        stableHash,
        progress,
        pauses,
        runs,
        setAside,
        attempts,
        plugins,
        experiment,
        route,
        retirements,
        cluster,
        push,
        edits,
        restart,
        timing,
        epochStartedAt,
        lastProgressAt,
        deadlineExceeded,
        capacityForced,
        everPaused,
        shownPaused,
        everHealthy,
        quarantine,
        swapped);
  }

  /** Adds to the log. */
  void log(RolloutFact fact) {
    seq++;
    entries.add(new Decision.Entry(seq, epoch, fact));
  }

  /** Makes all outstanding work invalid. */
  void raiseEpoch() {
    raiseEpochTo(epoch + 1);
  }

  void raiseEpochTo(long higher) {
    epoch = higher;
    epochStartedAt = now;
    capacityForced = false;
    plugins = plugins.withoutCall();
  }

  Fence fence() {
    return new Fence(epoch, seq);
  }

  /** Something moved: the progress deadline starts again. */
  void progressed() {
    lastProgressAt = now;
    deadlineExceeded = false;
  }

  boolean isPausedFor(PauseCondition.Reason reason) {
    return pauses.stream().anyMatch(p -> p.reason() == reason);
  }
}

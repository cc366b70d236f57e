package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Edits;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Push;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;

/**
 * Shows the state in the Rollout's status, and writes into its spec what pushes and commands ask
 * for: over the version whose commands were taken out, and no other.
 */
final class StatusWriter {

  private final Ground ground;
  private final Guards guards;
  private final SimulatedOrchestrator orchestrator;
  private final ClusterDesk desk;
  private final SimulatedCluster cluster;
  private final Checks checks;
  private boolean planned;
  private boolean underWay;

  StatusWriter(
      Ground ground,
      Guards guards,
      SimulatedOrchestrator orchestrator,
      ClusterDesk desk,
      SimulatedCluster cluster,
      Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.orchestrator = orchestrator;
    this.desk = desk;
    this.cluster = cluster;
    this.checks = checks;
    orchestrator.onCommit(this::wake);
    orchestrator
        .process()
        .onStart(() -> {
          planned = false;
          underWay = false;
        });
  }

  private void wake() {
    if (!planned) {
      planned = true;
      orchestrator.process().later(ground.chaos().millis(5, 100), this::compare);
    }
  }

  private void compare() {
    planned = false;
    Committed mine = orchestrator.known().orElse(null);
    Stored seen = orchestrator.rollouts().find(SimulatedCluster.ROLLOUT).orElse(null);
    if (mine == null || seen == null || underWay || mine.rollout().revision() == null) {
      return;
    }
    if (mine.rollout().progress() instanceof Progress.Gone || !orchestrator.isThere(mine)) {
      return;
    }
    RolloutObject there = (RolloutObject) seen.object();
    Status wanted = Status.of(mine.rollout(), mine.version());
    if (!wanted.saysTheSameAs(there.status())) {
      writeStatus(mine, seen, there, wanted);
    } else if (isToChange(mine.rollout().push(), there.manifest())) {
      Manifest changed = there.manifest().withImage(mine.rollout().push().image());
      request(() -> write(seen, there, changed), null);
    } else {
      mine.rollout().edits().pending().stream()
          .findFirst()
          .filter(first -> first.generation() == there.generation())
          .filter(first -> !first.command().equals(there.manifest().changedBy()))
          .ifPresent(first -> write(seen, there, mine.rollout(), first));
    }
  }

  private void writeStatus(Committed mine, Stored seen, RolloutObject there, Status wanted) {
    boolean guarded = guards.isOn(Guard.COMPARE_AND_SWAP);
    // What is to be written is noted in the store before.
    if (!orchestrator.isCurrent(mine) || !orchestrator.reachesStore()) {
      orchestrator.process().later(Duration.ofMillis(200), orchestrator::refresh);
      return;
    }
    if (guarded && !desk.mayWriteStatus(wanted, seen.version())) {
      ground.chaos().led(Consequence.STATUS_WRITE_HELD_BACK);
      orchestrator.process().later(Duration.ofMillis(200), this::wake);
      return;
    }
    RolloutObject object = there.with(wanted);
    request(
        () -> {
          if (guarded) {
            return cluster.putOver(seen.version(), SimulatedCluster.ROLLOUT, object);
          }
          cluster
              .rollout()
              .ifPresent(now -> cluster.put(SimulatedCluster.ROLLOUT, now.with(wanted)));
          return Answer.DONE;
        },
        wanted);
  }

  private static boolean isToChange(Push push, Manifest there) {
    return push.pending() && push.basePodHash().equals(there.podHash());
  }

  private void write(Stored seen, RolloutObject there, Rollout rollout, Edits.Requested first) {
    Manifest changed = there.manifest().changed(first, rollout.cluster());
    request(
        () -> {
          Answer answer = write(seen, there, changed);
          if (answer == Answer.DONE) {
            checks.observe(there.uid(), new Observation.SpecificationWritten(first.command()));
          }
          return answer;
        },
        null);
  }

  private Answer write(Stored seen, RolloutObject there, Manifest changed) {
    return cluster.putOver(seen.version(), SimulatedCluster.ROLLOUT, there.with(changed));
  }

  private void request(java.util.function.Supplier<Answer> effect, Status written) {
    if (orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
      return;
    }
    underWay = true;
    long[] version = new long[1];
    cluster.request(
        orchestrator.process(),
        () -> {
          Answer answer = effect.get();
          if (answer == Answer.DONE && written != null) {
            checks.observe(new Observation.StatusWritten(written.weight()));
          }
          version[0] = cluster.find(SimulatedCluster.ROLLOUT).map(Stored::version).orElse(0L);
          return answer;
        },
        answer -> answered(answer, written, version[0]));
  }

  private void answered(Answer answer, Status written, long version) {
    underWay = false;
    if (orchestrator.process().crashes(Fault.CRASH_AFTER_WRITE)) {
      return;
    }
    if (answer != Answer.DONE) {
      orchestrator.process().later(Duration.ofMillis(200), this::wake);
    } else if (written != null) {
      orchestrator.take(() -> desk.statusWritten(written, version), () -> {});
    }
  }
}

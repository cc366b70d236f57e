package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Evictions;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Restart;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Evicts pods that a user wants replaced, as the state allows: at every commit, and where nothing
 * is committed, after a while.
 */
final class PodRestarter {

  private static final Duration PACE = Duration.ofSeconds(30);

  private final Ground ground;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedCluster cluster;
  private final SimulatedPods pods;
  private final Runnable rival;
  private boolean planned;
  private boolean paced;

  /**
   * Works for an orchestrator.
   *
   * @param rival done now and then at the moment at which a restart ends
   */
  PodRestarter(
      Ground ground,
      SimulatedOrchestrator orchestrator,
      SimulatedCluster cluster,
      SimulatedPods pods,
      Runnable rival) {
    this.ground = ground;
    this.orchestrator = orchestrator;
    this.cluster = cluster;
    this.pods = pods;
    this.rival = rival;
    orchestrator.onCommit(this::wake);
    orchestrator
        .process()
        .onStart(() -> {
          planned = false;
          paced = false;
        });
  }

  private void wake() {
    if (!planned && orchestrator.known().filter(PodRestarter::isUnderWay).isPresent()) {
      planned = true;
      orchestrator.process().later(ground.chaos().millis(1, 30), this::read);
    }
  }

  private static boolean isUnderWay(Committed committed) {
    return committed.rollout().restart() instanceof Restart.UnderWay
        && !(committed.rollout().progress() instanceof Progress.Gone);
  }

  private void read() {
    planned = false;
    comeAgain();
    Committed mine = orchestrator.known().orElse(null);
    if (mine != null && orchestrator.isThere(mine) && !cluster.isAway()) {
      List<Evictions.Pod> seen = pods.all();
      orchestrator.process().later(ground.chaos().millis(1, 30), () -> adjust(mine, seen));
    }
  }

  private void comeAgain() {
    if (!paced) {
      paced = true;
      orchestrator
          .process()
          .later(
              PACE,
              () -> {
                paced = false;
                wake();
              });
    }
  }

  private void adjust(Committed mine, List<Evictions.Pod> seen) {
    Evictions evictions = Evictions.of(mine.rollout(), seen);
    if (evictions.isDone() && mine.rollout().restart() instanceof Restart.UnderWay(Instant at)) {
      if (ground.chaos().oneIn(20)) {
        rival.run();
      }
      orchestrator.process().later(ground.chaos().millis(1, 200), () -> done(at));
      return;
    }
    for (String pod : evictions.pods()) {
      boolean goesOn =
          orchestrator.isCurrent(mine)
              && !orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)
              && pods.evict(pod);
      if (!goesOn) {
        return;
      }
    }
  }

  private void done(Instant at) {
    orchestrator.take("pods", null, new Signal.PodsReplaced(at));
  }
}

package dev.sluice.orchestrator.kubernetes.status;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.PluginPhase;
import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.StatusView;
import java.time.Instant;
import java.util.List;

/**
 * The part of a status that people and tools wait for. A change in it is written at once, and is
 * not lost behind the next one: each step that was begun is seen.
 */
record Urgent(
    String phase,
    int step,
    boolean aborted,
    Instant abortedAt,
    boolean promoteFull,
    List<PauseCondition> pauses,
    StatusView.Weights weights,
    String currentPodHash,
    String stableHash,
    Gate stepRun,
    Gate backgroundRun,
    String experiment,
    List<PluginPhase> plugins) {

  /** A run: what it has measured meanwhile is no news. */
  private record Gate(String name, AnalysisPhase phase) {

    static Gate of(StatusView.ShownRun run) {
      return run == null ? null : new Gate(run.name(), run.phase());
    }
  }

  static Urgent of(StatusView view) {
    return new Urgent(
        view.phase(),
        view.stepIndex(),
        view.aborted(),
        view.abortedAt(),
        view.promoteFull(),
        view.pauses(),
        view.weights(),
        view.currentPodHash(),
        view.stableHash(),
        Gate.of(view.stepRun()),
        Gate.of(view.backgroundRun()),
        view.experiment(),
        view.plugins().stream().map(Plugins.Work::phase).toList());
  }
}

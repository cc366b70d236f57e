package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Push;
import dev.sluice.orchestrator.Revision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Route;
import dev.sluice.orchestrator.StepExperiment;
import java.util.List;

/**
 * The decided part of a state: no observations, no moments at which something was said again. The
 * flags count only while they are up: they go down with something else that is logged, or with pods
 * that come.
 */
record Essence(
    long epoch,
    Revision revision,
    String stableHash,
    Progress progress,
    List<PauseCondition> pauses,
    List<Awaited> runs,
    Route.Wanted desired,
    Route.Wanted applied,
    List<Plugins.Work> plugins,
    String call,
    Awaited experiment,
    String problem,
    String quarantine,
    Push push) {

  /** A run or an experiment that is waited for. */
  private record Awaited(String name, AnalysisPhase phase, boolean terminated) {}

  static Essence of(Rollout rollout) {
    return new Essence(
        rollout.epoch(),
        rollout.revision(),
        rollout.stableHash(),
        rollout.progress(),
        rollout.pauses(),
        rollout.runs().values().stream()
            .map(run -> new Awaited(run.id(), run.phase(), run.terminated()))
            .toList(),
        rollout.route().desired(),
        rollout.route().applied(),
        rollout.plugins().works(),
        call(rollout.plugins()),
        experiment(rollout),
        rollout.problem(),
        rollout.quarantine(),
        rollout.push());
  }

  private static Awaited experiment(Rollout rollout) {
    StepExperiment experiment = rollout.experiment();
    return experiment == null ? null : new Awaited(experiment.name(), experiment.phase(), false);
  }

  private static String call(Plugins plugins) {
    Plugins.Call call = plugins.call();
    return call == null
        ? ""
        : "%d/%d/%s/%d".formatted(call.epoch(), call.step(), call.operation(), call.execution());
  }

  /** The index of the step, as the log moves it. */
  static int step(Rollout rollout) {
    int all = rollout.isKnown() ? rollout.specification().steps().size() : 0;
    return switch (rollout.progress()) {
      case Progress.Stepping(int step) -> step;
      case Progress.Installing _, Progress.Aborted _ -> 0;
      case Progress.Promoting _, Progress.Settling _, Progress.Settled _, Progress.Gone _ -> all;
    };
  }
}

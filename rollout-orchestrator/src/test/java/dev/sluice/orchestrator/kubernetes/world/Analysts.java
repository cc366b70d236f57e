package dev.sluice.orchestrator.kubernetes.world;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Measurement;
import dev.sluice.events.Message;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Workers that measure when they are told to, and find what they are told to find. */
public final class Analysts {

  private final MemoryStore store;
  private RunStatuses statuses;
  private AnalysisDesired current;
  private Instant startedAt;
  private int ticks;

  Analysts(MemoryStore store) {
    this.store = store;
  }

  synchronized void reportTo(RunStatuses newStatuses) {
    statuses = newStatuses;
  }

  synchronized void told(Message message) {
    if (!(message instanceof AnalysisDesired desired)) {
      return;
    }
    if (desired.wanted() == AnalysisDesired.Wanted.MEASURE) {
      current = desired;
      startedAt = Instant.now();
      ticks = 0;
    } else if (current != null && current.run().equals(desired.run())) {
      conclude(AnalysisPhase.SUCCESSFUL, "Run Terminated");
    }
  }

  /** The name of the run that is to be measured; empty if none is. */
  public synchronized String current() {
    return current == null ? "" : current.name();
  }

  /** Takes one good measurement of each metric. */
  public synchronized void measure() {
    ticks++;
    if (ticks == 1) {
      give(new Signal.RunReported(current.run(), current.fence().epoch(), AnalysisPhase.RUNNING));
    }
    statuses.progressed(progress(AnalysisPhase.RUNNING, ""));
  }

  /** Ends the run with one more measurement. */
  public synchronized void conclude(AnalysisPhase phase, String message) {
    ticks++;
    statuses.progressed(progress(phase, message));
    give(new Signal.VerdictReported(current.run(), current.fence().epoch(), phase, message));
    current = null;
  }

  private void give(Signal signal) {
    store.take(
        new Intake.Input(
            new Identity(current.uid(), current.namespace(), current.rollout()),
            "analysis",
            null,
            "analysis-worker",
            signal));
  }

  private AnalysisProgress progress(AnalysisPhase phase, String message) {
    List<MetricProgress> metrics = new ArrayList<>();
    for (MetricSpec metric : current.metrics()) {
      boolean first = metrics.isEmpty();
      AnalysisPhase own = phase.isCompleted() && !first ? AnalysisPhase.SUCCESSFUL : phase;
      metrics.add(
          new MetricProgress(
              metric.name(),
              own,
              "",
              metric.dryRun(),
              ticks,
              ticks,
              0,
              0,
              0,
              0,
              ticks,
              ticks,
              null,
              measurements()));
    }
    return new AnalysisProgress(
        current.run(),
        current.uid(),
        current.namespace(),
        current.name(),
        current.fence().epoch(),
        phase,
        message,
        startedAt,
        phase.isCompleted() ? Instant.now() : null,
        metrics);
  }

  private List<Measurement> measurements() {
    List<Measurement> measurements = new ArrayList<>();
    for (int tick = 0; tick < ticks; tick++) {
      Instant at = startedAt.plusSeconds(tick);
      measurements.add(new Measurement(tick, AnalysisPhase.SUCCESSFUL, "[0.001]", "", at, at, at));
    }
    return measurements;
  }
}

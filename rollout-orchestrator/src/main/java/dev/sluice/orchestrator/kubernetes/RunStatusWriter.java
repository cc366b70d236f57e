package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import dev.sluice.orchestrator.kubernetes.event.Told;
import dev.sluice.orchestrator.kubernetes.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows what runs have come to: the newest progress of each, at once where a phase changed, else at
 * most once a second.
 */
final class RunStatusWriter {

  private static final Duration PACE = Duration.ofSeconds(1);

  /** For so long the object of a run that is over may still be on its way. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClusterObjects objects;
  private final Writes writes;
  private final EventWriter events;
  private final Rollouts rollouts;
  private final InstantSource clock;
  private final Map<RolloutKey, Heard> newest = new ConcurrentHashMap<>();
  private final Map<RolloutKey, Instant> lastWriting = new ConcurrentHashMap<>();

  private record Heard(AnalysisProgress progress, Instant at) {}

  RunStatusWriter(
      ClusterObjects objects,
      Writes writes,
      EventWriter events,
      Rollouts rollouts,
      InstantSource clock) {
    this.objects = objects;
    this.writes = writes;
    this.events = events;
    this.rollouts = rollouts;
    this.clock = clock;
  }

  /** Remembers the newest progress; says which run is to be shown. */
  RolloutKey remember(AnalysisProgress progress) {
    RolloutKey key = new RolloutKey(progress.namespace(), progress.name());
    newest.put(key, new Heard(progress, clock.instant()));
    return key;
  }

  /** Shows one run; returns how long to wait with the rest, zero if all is shown. */
  Duration show(RolloutKey key) throws Conflict {
    Heard heard = newest.get(key);
    if (heard == null) {
      return Duration.ZERO;
    }
    AnalysisProgress progress = heard.progress();
    Optional<AnalysisRun> found =
        objects.runs.find(key).filter(run -> ClusterObjects.owner(run).equals(progress.uid()));
    if (found.isEmpty()) {
      // Either it is about to be made, or it is not wanted any more. A run can end while the
      // server still answers the creation of its object.
      if (isAwaited(progress) || heard.at().plus(PATIENCE).isAfter(clock.instant())) {
        return PACE;
      }
      lastWriting.remove(key);
      return forget(key, heard);
    }
    AnalysisRunStatus shown = found.get().getStatus();
    AnalysisRunStatus wanted = RunStatus.of(progress, found.get());
    if (wanted.equals(shown) || shown != null && RunTexts.isCompleted(shown.phase)) {
      return forget(key, heard);
    }
    Duration wait = wait(key, shown, wanted);
    if (!wait.isZero()) {
      return wait;
    }
    write(found.get(), wanted, RunTexts.between(shown, progress), progress);
    lastWriting.put(key, clock.instant());
    return forget(key, heard);
  }

  private void write(
      AnalysisRun run, AnalysisRunStatus wanted, List<Told> told, AnalysisProgress progress)
      throws Conflict {
    Instant at = progress.completedAt() == null ? clock.instant() : progress.completedAt();
    // Before the status, which says that they were told.
    for (Told each : told) {
      events.write(EventWriter.reference(run), each.reason() + each.message(), each, at);
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.set("status", wanted.json());
    try {
      objects.runs.wrote(writes.merge(run, patch));
    } catch (Conflict conflict) {
      writes.read(run).ifPresent(objects.runs::wrote);
      throw conflict;
    }
  }

  private Duration wait(RolloutKey key, AnalysisRunStatus shown, AnalysisRunStatus wanted) {
    boolean samePhase = shown != null && wanted.phase.equals(shown.phase);
    Instant last = lastWriting.get(key);
    if (!samePhase || last == null) {
      return Duration.ZERO;
    }
    Duration wait = Duration.between(clock.instant(), last.plus(PACE));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private Duration forget(RolloutKey key, Heard heard) {
    boolean isNewest = newest.remove(key, heard);
    if (heard.progress().phase().isCompleted()) {
      lastWriting.remove(key);
    }
    return isNewest ? Duration.ZERO : Duration.ofMillis(1);
  }

  private boolean isAwaited(AnalysisProgress progress) {
    Run run =
        rollouts.find(progress.uid()).map(committed -> committed.rollout().run()).orElse(null);
    return run != null && run.id().equals(progress.run()) && !run.terminated();
  }
}

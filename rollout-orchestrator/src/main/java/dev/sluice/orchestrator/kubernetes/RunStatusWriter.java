package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.Rollouts;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows what runs have come to: the newest progress of each, at once where the run's phase changed,
 * else within five seconds, so that what several metrics measure at one time is one writing.
 */
final class RunStatusWriter {

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PACE = Duration.ofSeconds(5);

  /** For so long the object of a run that is over may still be on its way. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private final ClusterObjects objects;
  private final Writes writes;
  private final EventWriter events;
  private final Rollouts rollouts;
  private final InstantSource clock;
  private final Map<RolloutKey, Newest> runs = new ConcurrentHashMap<>();

  /** Those that were made with a status that no Event has told yet. */
  private final Set<RolloutKey> untold = ConcurrentHashMap.newKeySet();

  /** What is to be shown of a run, and since when anything of it is not shown. */
  private record Newest(AnalysisProgress progress, Instant since) {}

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
    runs.compute(
        key,
        (_, before) -> new Newest(progress, before == null ? clock.instant() : before.since()));
    return key;
  }

  /**
   * Gives an object that is about to be made what its run has come to meanwhile: where objects are
   * late, that is one writing instead of two. Its Events follow; should this process end in
   * between, they are not told.
   */
  void fill(AnalysisRun made, String uid) {
    RolloutKey key = RolloutKey.of(made);
    Newest newest = runs.get(key);
    if (newest != null && newest.progress().uid().equals(uid)) {
      made.setStatus(RunStatus.of(newest.progress(), made));
      untold.add(key);
    }
  }

  /** Shows one run; returns how long to wait with the rest, zero if all is shown. */
  Duration show(RolloutKey key) throws Conflict {
    Newest newest = runs.get(key);
    if (newest == null) {
      return Duration.ZERO;
    }
    AnalysisProgress progress = newest.progress();
    Optional<AnalysisRun> found =
        objects.runs.find(key).filter(run -> ClusterObjects.owner(run).equals(progress.uid()));
    if (found.isEmpty()) {
      // Either it is about to be made, or it is not wanted any more.
      return isOnItsWay(newest) ? AGAIN : forget(key, newest);
    }
    AnalysisRunStatus shown = found.get().getStatus();
    AnalysisRunStatus wanted = RunStatus.of(progress, found.get());
    if (untold.contains(key)) {
      tell(found.get(), RunTexts.between(null, progress), progress);
      untold.remove(key);
    }
    if (wanted.equals(shown) || shown != null && RunTexts.isCompleted(shown.phase)) {
      return forget(key, newest);
    }
    Duration wait = wait(newest, shown, wanted);
    if (!wait.isZero()) {
      return wait;
    }
    // Before the status, which says that they were told.
    tell(found.get(), RunTexts.between(shown, progress), progress);
    write(found.get(), wanted);
    return forget(key, newest);
  }

  private void write(AnalysisRun run, AnalysisRunStatus wanted) throws Conflict {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.set("status", wanted.json());
    writes.merge(objects.runs, run, patch);
  }

  private void tell(AnalysisRun run, List<Told> told, AnalysisProgress progress) {
    Instant at = progress.completedAt() == null ? clock.instant() : progress.completedAt();
    for (Told each : told) {
      events.write(EventWriter.reference(run), each.reason() + each.message(), each, at);
    }
  }

  private Duration wait(Newest newest, AnalysisRunStatus shown, AnalysisRunStatus wanted) {
    if (shown == null || !wanted.phase.equals(shown.phase)) {
      return Duration.ZERO;
    }
    Duration wait = Duration.between(clock.instant(), newest.since().plus(PACE));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  // What came meanwhile waits from now on.
  private Duration forget(RolloutKey key, Newest done) {
    untold.remove(key);
    Newest left =
        runs.computeIfPresent(
            key, (_, now) -> now == done ? null : new Newest(now.progress(), clock.instant()));
    return left == null ? Duration.ZERO : Duration.ofMillis(1);
  }

  // A run can be over while the request that makes its object is still under way.
  private boolean isOnItsWay(Newest newest) {
    return isAwaited(newest.progress()) || clock.instant().isBefore(newest.since().plus(PATIENCE));
  }

  private boolean isAwaited(AnalysisProgress progress) {
    return rollouts.find(progress.uid()).stream()
        .flatMap(committed -> committed.rollout().runs().values().stream())
        .anyMatch(run -> run.id().equals(progress.run()) && !run.terminated());
  }
}

package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.events.AnalysisRole;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import dev.sluice.orchestrator.kubernetes.run.RunManifest;
import dev.sluice.orchestrator.kubernetes.specification.RunDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Gives each run its AnalysisRun object, and marks those that are to stop. */
final class RunWriter {

  private final ClusterObjects objects;
  private final Writes writes;
  private final RunStatusWriter statuses;
  private final Map<Purpose, List<Started>> started = new ConcurrentHashMap<>();

  /** Of the runs of a Rollout that measure for the same reason, one is waited for at most. */
  private record Purpose(String uid, AnalysisRole role) {}

  /**
   * A run of its purpose: the newest, or one before it whose object is still to be made.
   *
   * @param made whether its object was seen. If that is missing later, somebody has deleted it,
   *     which is a command that may still be on its way. If it was never seen it is made even for a
   *     run that has ended meanwhile: people look there for what went wrong
   */
  private record Started(Run run, boolean made) {

    boolean isOf(Run other) {
      return run.id().equals(other.id());
    }
  }

  RunWriter(ClusterObjects objects, Writes writes, RunStatusWriter statuses) {
    this.objects = objects;
    this.writes = writes;
    this.statuses = statuses;
  }

  /** A decision was stored. */
  void committed(Rollout rollout) {
    for (Run run : rollout.runs().values()) {
      know(new Purpose(rollout.identity().uid(), run.role()), new Started(run, false));
    }
  }

  private void know(Purpose purpose, Started newest) {
    started.compute(
        purpose,
        (_, known) -> {
          if (known == null) {
            return List.of(newest);
          }
          boolean isKnown = known.stream().anyMatch(each -> each.isOf(newest.run()));
          return isKnown ? known : Stream.concat(known.stream(), Stream.of(newest)).toList();
        });
  }

  /** Creates and marks what is missing; says whether anything was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    boolean changed = false;
    for (Run run : subject.state().runs().values()) {
      // After a restart a run that is over is one that had its object.
      know(new Purpose(subject.uid(), run.role()), new Started(run, run.isCompleted()));
    }
    for (AnalysisRole role : AnalysisRole.values()) {
      Purpose purpose = new Purpose(subject.uid(), role);
      for (Started each : started.getOrDefault(purpose, List.of())) {
        changed |= !each.made() && make(subject, purpose, each.run());
      }
    }
    for (Run run : subject.state().runs().values()) {
      changed |= run.terminated() && terminate(subject, run);
    }
    for (Run each : subject.state().setAside()) {
      changed |= terminate(subject, each);
    }
    return changed;
  }

  private boolean make(Subject subject, Purpose purpose, Run run) throws Conflict, Outdated {
    boolean missing = find(subject, run).isEmpty();
    if (missing) {
      create(subject, run);
    }
    started.computeIfPresent(purpose, (_, known) -> made(known, run));
    return missing;
  }

  // Those before the newest are remembered only until they are made.
  private static List<Started> made(List<Started> known, Run run) {
    List<Started> now =
        known.stream().map(each -> each.isOf(run) ? new Started(run, true) : each).toList();
    Started newest = now.getLast();
    return now.stream().filter(each -> each == newest || !each.made()).toList();
  }

  private void create(Subject subject, Run run) throws Conflict, Outdated {
    dev.sluice.crd.Rollout manifest = subject.resolved();
    AnalysisRun wanted =
        RunManifest.of(
            manifest,
            Owned.by(subject.manifest()),
            run,
            RunDetails.of(manifest, run, new NamedObjects(objects, subject.key().namespace())),
            Map.of(Owned.FENCE, Owned.fence(subject.state())));
    statuses.fill(wanted, subject.uid());
    subject.requireCurrent();
    try {
      objects.runs.wrote(writes.create(wanted));
    } catch (Conflict taken) {
      AnalysisRun there = writes.read(wanted).orElseThrow(() -> taken);
      if (!ClusterObjects.owner(there).equals(subject.uid())) {
        throw new IllegalStateException(
            "the AnalysisRun "
                + subject.key().namespace()
                + "/"
                + run.name()
                + " belongs to somebody else: delete or rename it");
      }
      objects.runs.wrote(there);
    }
  }

  // Who asked for the end of a run by hand has marked it already.
  private boolean terminate(Subject subject, Run run) throws Conflict, Outdated {
    Optional<AnalysisRun> found = find(subject, run);
    if (found.isEmpty() || isOver(found.get()) || isMarked(found.get())) {
      return false;
    }
    subject.requireCurrent();
    writes.merge(objects.runs, found.get(), Owned.end(subject.state()));
    return true;
  }

  private Optional<AnalysisRun> find(Subject subject, Run run) {
    return objects
        .runs
        .find(new RolloutKey(subject.key().namespace(), run.name()))
        .filter(found -> ClusterObjects.owner(found).equals(subject.uid()));
  }

  /** The Rollout is gone. */
  void forget(String uid) {
    started.keySet().removeIf(purpose -> purpose.uid().equals(uid));
  }

  /** Whether somebody asked for the end of the run. */
  static boolean isMarked(AnalysisRun run) {
    return run.getSpec() != null && Boolean.TRUE.equals(run.getSpec().terminate);
  }

  /** Whether the run has ended. */
  static boolean isOver(AnalysisRun run) {
    return run.getStatus() != null && RunTexts.isCompleted(run.getStatus().phase);
  }
}

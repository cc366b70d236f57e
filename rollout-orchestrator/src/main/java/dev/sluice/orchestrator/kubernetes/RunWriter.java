package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import dev.sluice.orchestrator.kubernetes.run.RunManifest;
import dev.sluice.orchestrator.kubernetes.specification.RunDetails;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each run its AnalysisRun object, and marks those that are to stop. */
final class RunWriter {

  private final ClusterObjects objects;
  private final Writes writes;
  private final Map<String, Started> started = new ConcurrentHashMap<>();

  /**
   * The newest run of a Rollout.
   *
   * @param made whether its object was seen. If that is missing later, somebody has deleted it,
   *     which is a command that may still be on its way. If it was never seen it is made even for a
   *     run that has ended meanwhile: people look there for what went wrong
   */
  private record Started(Run run, boolean made) {}

  RunWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** A decision was stored. */
  void committed(Rollout rollout) {
    if (rollout.run() != null) {
      started.compute(
          rollout.identity().uid(),
          (_, known) -> isOf(rollout.run(), known) ? known : new Started(rollout.run(), false));
    }
  }

  /** Creates and marks what is missing; says whether anything was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    Run run = subject.state().run();
    // After a restart a run that is over is one that had its object.
    if (run != null && !isOf(run, started.get(subject.uid()))) {
      started.put(subject.uid(), new Started(run, isOver(run)));
    }
    boolean changed = create(subject);
    if (run != null && run.terminated()) {
      changed |= terminate(subject, run);
    }
    for (Run each : subject.state().setAside()) {
      changed |= terminate(subject, each);
    }
    return changed;
  }

  private boolean create(Subject subject) throws Conflict, Outdated {
    Started newest = started.get(subject.uid());
    if (newest == null || newest.made()) {
      return false;
    }
    Run run = newest.run();
    boolean missing = find(subject, run).isEmpty();
    if (missing) {
      create(subject, run);
    }
    started.replace(subject.uid(), newest, new Started(run, true));
    return missing;
  }

  private void create(Subject subject, Run run) throws Conflict, Outdated {
    dev.sluice.crd.Rollout manifest = subject.resolved();
    AnalysisRun wanted =
        RunManifest.of(
            manifest,
            Owned.by(subject.manifest()),
            run,
            subject.state().stableHash(),
            RunDetails.of(
                manifest, run.step(), new NamedObjects(objects, subject.key().namespace())),
            Map.of(Owned.FENCE, Owned.fence(subject.state())));
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
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Owned.FENCE, Owned.fence(subject.state()));
    patch.putObject("spec").put("terminate", true);
    subject.requireCurrent();
    try {
      objects.runs.wrote(writes.merge(found.get(), patch));
    } catch (Conflict conflict) {
      writes.read(found.get()).ifPresent(objects.runs::wrote);
      throw conflict;
    }
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
    started.remove(uid);
  }

  private static boolean isOf(Run run, Started known) {
    return known != null && known.run().id().equals(run.id());
  }

  private static boolean isOver(Run run) {
    return run.phase() != null && run.phase().isCompleted();
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

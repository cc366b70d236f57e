package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import dev.sluice.orchestrator.kubernetes.run.RunManifest;
import dev.sluice.orchestrator.kubernetes.specification.RunDetails;
import java.util.Map;
import java.util.Optional;

/** Gives each run its AnalysisRun object, and marks those that are to stop. */
final class RunWriter {

  private final ClusterObjects objects;
  private final Writes writes;

  RunWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Creates and marks what is missing; says whether anything was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    boolean changed = false;
    Run run = subject.state().run();
    if (run != null) {
      changed = run.terminated() ? terminate(subject, run) : create(subject, run);
    }
    for (Run each : subject.state().setAside()) {
      changed |= terminate(subject, each);
    }
    return changed;
  }

  private boolean create(Subject subject, Run run) throws Conflict, Outdated {
    boolean over = run.phase() != null && run.phase().isCompleted();
    if (over || find(subject, run).isPresent()) {
      return false;
    }
    AnalysisRun wanted =
        RunManifest.of(
            subject.manifest(),
            Owned.by(subject.manifest()),
            run,
            subject.state().stableHash(),
            RunDetails.of(
                subject.manifest(),
                run.step(),
                new NamedObjects(objects, subject.key().namespace())),
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
    return true;
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

  /** Whether somebody asked for the end of the run. */
  static boolean isMarked(AnalysisRun run) {
    return run.getSpec() != null && Boolean.TRUE.equals(run.getSpec().terminate);
  }

  /** Whether the run has ended. */
  static boolean isOver(AnalysisRun run) {
    return run.getStatus() != null && RunTexts.isCompleted(run.getStatus().phase);
  }
}

package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Experiment;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.Writes.Refused;
import dev.sluice.orchestrator.kubernetes.experiment.ExperimentManifest;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Gives the experiment of the current step its object, and marks all others of the Rollout that
 * have not ended: nobody waits for them.
 */
final class ExperimentWriter {

  private static final Logger LOG = Logger.getLogger(ExperimentWriter.class);

  private final ClusterObjects objects;
  private final Writes writes;
  private final ExperimentObjects experiments;

  ExperimentWriter(ClusterObjects objects, Writes writes, ExperimentObjects experiments) {
    this.objects = objects;
    this.writes = writes;
    this.experiments = experiments;
  }

  /** Creates and marks what is missing; says whether anything was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    boolean changed = false;
    StepExperiment wanted = subject.state().experiment();
    boolean isLive = wanted != null && wanted.isLive();
    if (isLive && subject.state().problem().isEmpty()) {
      changed = make(subject, wanted);
    }
    for (Experiment each : experiments.of(subject.uid())) {
      if (!isLive || !each.getMetadata().getName().equals(wanted.name())) {
        changed |= terminate(subject, each);
      }
    }
    return changed;
  }

  private boolean make(Subject subject, StepExperiment wanted) throws Conflict, Outdated {
    Rollout state = subject.state();
    if (experiments.find(state, wanted).isPresent() || experiments.wasThere(state, wanted)) {
      return false;
    }
    ExperimentManifest manifest =
        new ExperimentManifest(
            subject.resolved(),
            wanted,
            replicaSet(subject, wanted.podHash()),
            replicaSet(subject, state.stableHash()));
    // A ReplicaSet that a template is copied from comes with a pass of its own.
    return manifest.isComplete() && create(subject, wanted, manifest);
  }

  private ReplicaSet replicaSet(Subject subject, String podHash) {
    return objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid()).stream()
        .filter(each -> ClusterReader.podHash(each).equals(podHash))
        .findFirst()
        .orElse(null);
  }

  // What cannot be made is tried again later. The pass goes on: status says what is waited for.
  private boolean create(Subject subject, StepExperiment wanted, ExperimentManifest manifest)
      throws Conflict, Outdated {
    Experiment object =
        manifest.object(
            Owned.by(subject.manifest()), Map.of(Owned.FENCE, wanted.fence().toString()));
    subject.requireCurrent();
    try {
      objects.experiments.wrote(writes.createIfAllowed(object));
      return experiments.find(subject.state(), wanted).isPresent();
    } catch (Refused refused) {
      LOG.warnf(
          "%s: the Experiment %s is refused: %s",
          subject.key(), wanted.name(), refused.getMessage());
      return false;
    } catch (Conflict taken) {
      return adopt(subject, wanted, writes.read(object).orElseThrow(() -> taken));
    }
  }

  private boolean adopt(Subject subject, StepExperiment wanted, Experiment there) {
    if (!ExperimentObjects.isOf(subject.state(), wanted, there)) {
      LOG.warnf(
          "%s: there is another Experiment %s already: delete or rename it",
          subject.key(), wanted.name());
      return false;
    }
    objects.experiments.wrote(there);
    return true;
  }

  // What a newer decision has started is not ended by an older one, however late that comes here.
  private boolean terminate(Subject subject, Experiment object) throws Conflict, Outdated {
    boolean isNewer =
        ExperimentObjects.fence(object).filter(subject.state().fence()::isOlderThan).isPresent();
    if (isNewer || ExperimentObjects.isOver(object) || ExperimentObjects.isMarked(object)) {
      return false;
    }
    subject.requireCurrent();
    writes.merge(objects.experiments, object, Owned.end(subject.state()));
    return true;
  }

  /** The Rollout is gone. */
  void forget(String uid) {
    experiments.forget(uid);
  }
}

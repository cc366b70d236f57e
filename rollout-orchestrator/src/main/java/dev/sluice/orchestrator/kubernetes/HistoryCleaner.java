package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
import dev.sluice.crd.Experiment;
import dev.sluice.crd.RolloutSpec;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes what lies longer than the user wants it kept: old ReplicaSets, and what has finished of
 * runs and experiments.
 */
final class HistoryCleaner {

  private static final Logger LOG = Logger.getLogger(HistoryCleaner.class);
  private static final int RUNS_KEPT = 5;
  private static final Comparator<HasMetadata> BY_AGE =
      Comparator.<HasMetadata, String>comparing(o -> o.getMetadata().getCreationTimestamp())
          .thenComparing(o -> o.getMetadata().getName());

  private final ClusterObjects objects;
  private final Writes writes;

  HistoryCleaner(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Deletes what is too much. */
  void clean(Subject subject) throws Conflict, Outdated {
    List<ReplicaSet> replicaSets =
        objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid());
    for (ReplicaSet old : superfluous(subject.state(), replicaSets)) {
      subject.requireCurrent();
      LOG.infof(
          "%s: deletes %s, beyond revisionHistoryLimit",
          subject.key(), old.getMetadata().getName());
      writes.delete(old);
      objects.replicaSets.deleted(old);
    }
    Set<String> hashes =
        replicaSets.stream().map(ClusterReader::podHash).collect(Collectors.toSet());
    superfluous(subject.state(), replicaSets).stream()
        .map(ClusterReader::podHash)
        .forEach(hashes::remove);
    List<AnalysisRun> runs = objects.runs.byIndex(ClusterObjects.BY_OWNER, subject.uid());
    for (AnalysisRun old :
        superfluousRuns(subject.state(), subject.manifest().getSpec(), runs, hashes)) {
      subject.requireCurrent();
      writes.delete(old);
      objects.runs.deleted(old);
    }
    List<Experiment> experiments =
        objects.experiments.byIndex(ClusterObjects.BY_OWNER, subject.uid());
    for (Experiment old :
        superfluousExperiments(
            subject.state(), subject.manifest().getSpec(), experiments, hashes)) {
      subject.requireCurrent();
      writes.delete(old);
      objects.experiments.deleted(old);
    }
  }

  /** Old ReplicaSets without pods beyond the limit, the oldest first. */
  static List<ReplicaSet> superfluous(Rollout state, List<ReplicaSet> replicaSets) {
    List<ReplicaSet> others =
        replicaSets.stream()
            .filter(r -> r.getMetadata().getDeletionTimestamp() == null)
            .filter(r -> isOther(state, ClusterReader.podHash(r)))
            .sorted(BY_AGE)
            .toList();
    int tooMany = others.size() - state.specification().revisionHistoryLimit();
    return others.stream().limit(Math.max(0, tooMany)).filter(HistoryCleaner::isEmpty).toList();
  }

  /** Finished runs beyond the limits, and those whose ReplicaSet is gone. */
  static List<AnalysisRun> superfluousRuns(
      Rollout state, RolloutSpec spec, List<AnalysisRun> runs, Set<String> podHashes) {
    Set<String> awaited = new HashSet<>();
    state.runs().values().forEach(run -> awaited.add(run.name()));
    state.setAside().forEach(run -> awaited.add(run.name()));
    return superfluous(
        runs.stream()
            .filter(run -> !awaited.contains(run.getMetadata().getName()))
            .filter(RunWriter::isOver)
            .toList(),
        run -> isSuccessful(run.getStatus().phase),
        spec,
        podHashes);
  }

  /** The same for experiments: the limits are those of runs. */
  static List<Experiment> superfluousExperiments(
      Rollout state, RolloutSpec spec, List<Experiment> experiments, Set<String> podHashes) {
    String awaited = state.experiment() == null ? "" : state.experiment().name();
    return superfluous(
        experiments.stream()
            .filter(each -> !each.getMetadata().getName().equals(awaited))
            .filter(ExperimentObjects::isDone)
            .toList(),
        each -> isSuccessful(ExperimentObjects.phaseText(each)),
        spec,
        podHashes);
  }

  private static <T extends HasMetadata> List<T> superfluous(
      List<T> all, Predicate<T> isSuccessful, RolloutSpec spec, Set<String> podHashes) {
    List<T> finished =
        all.stream()
            .filter(each -> each.getMetadata().getDeletionTimestamp() == null)
            .sorted(BY_AGE)
            .toList();
    Map<Boolean, List<T>> bySuccess =
        finished.stream()
            .filter(each -> podHashes.contains(podHash(each)))
            .collect(Collectors.partitioningBy(isSuccessful));
    RolloutSpec.HistoryLimits limits =
        spec.analysis == null ? new RolloutSpec.HistoryLimits() : spec.analysis;
    List<T> superfluous =
        finished.stream()
            .filter(each -> !podHashes.contains(podHash(each)))
            .collect(Collectors.toList());
    superfluous.addAll(oldest(bySuccess.get(true), limits.successfulRunHistoryLimit));
    superfluous.addAll(oldest(bySuccess.get(false), limits.unsuccessfulRunHistoryLimit));
    return superfluous;
  }

  private static <T> List<T> oldest(List<T> all, Integer limit) {
    int kept = limit == null ? RUNS_KEPT : Math.max(0, limit);
    return all.subList(0, Math.max(0, all.size() - kept));
  }

  private static boolean isOther(Rollout state, String podHash) {
    return !podHash.isEmpty()
        && !podHash.equals(state.revision().podHash())
        && !podHash.equals(state.stableHash())
        && !state.retirements().containsKey(podHash);
  }

  private static boolean isEmpty(ReplicaSet replicaSet) {
    Long observed =
        replicaSet.getStatus() == null ? null : replicaSet.getStatus().getObservedGeneration();
    Long generation = replicaSet.getMetadata().getGeneration();
    return Integer.valueOf(0).equals(replicaSet.getSpec().getReplicas())
        && (replicaSet.getStatus() == null
            || replicaSet.getStatus().getReplicas() == null
            || replicaSet.getStatus().getReplicas() == 0)
        && (generation == null || observed != null && observed >= generation);
  }

  private static boolean isSuccessful(String phase) {
    return AnalysisPhase.SUCCESSFUL.text().equals(phase);
  }

  private static String podHash(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(Api.POD_TEMPLATE_HASH_LABEL, "");
  }
}

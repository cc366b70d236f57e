package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
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
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Deletes what lies longer than the user wants it kept: old ReplicaSets and finished runs. */
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
    List<AnalysisRun> finished =
        runs.stream()
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null)
            .filter(run -> !awaited.contains(run.getMetadata().getName()))
            .filter(RunWriter::isOver)
            .sorted(BY_AGE)
            .toList();
    Map<Boolean, List<AnalysisRun>> bySuccess =
        finished.stream()
            .filter(run -> podHashes.contains(podHash(run)))
            .collect(Collectors.partitioningBy(HistoryCleaner::isSuccessful));
    RolloutSpec.HistoryLimits limits =
        spec.analysis == null ? new RolloutSpec.HistoryLimits() : spec.analysis;
    List<AnalysisRun> superfluous =
        finished.stream()
            .filter(run -> !podHashes.contains(podHash(run)))
            .collect(Collectors.toList());
    superfluous.addAll(oldest(bySuccess.get(true), limits.successfulRunHistoryLimit));
    superfluous.addAll(oldest(bySuccess.get(false), limits.unsuccessfulRunHistoryLimit));
    return superfluous;
  }

  private static List<AnalysisRun> oldest(List<AnalysisRun> runs, Integer limit) {
    int kept = limit == null ? RUNS_KEPT : Math.max(0, limit);
    return runs.subList(0, Math.max(0, runs.size() - kept));
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

  private static boolean isSuccessful(AnalysisRun run) {
    return AnalysisPhase.SUCCESSFUL.text().equals(run.getStatus().phase);
  }

  private static String podHash(AnalysisRun run) {
    Map<String, String> labels = run.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(Api.POD_TEMPLATE_HASH_LABEL, "");
  }
}

package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Api;
import dev.sluice.orchestrator.Evictions;
import dev.sluice.orchestrator.Restart;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Replaces pods that a user wants replaced, through the eviction API: what a disruption budget
 * forbids now is tried again later. Pods are read only while a restart is under way.
 */
final class PodRestarter {

  private static final Logger LOG = Logger.getLogger(PodRestarter.class);

  /** Between two looks, where no ReplicaSet changes. */
  private static final Duration PACE = Duration.ofSeconds(30);

  private final ClusterObjects objects;
  private final Writes writes;

  PodRestarter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /**
   * What came of it.
   *
   * @param news to be decided about
   * @param rest when to look again; zero for never
   */
  record Result(Optional<Signal> news, Duration rest) {

    static final Result NOTHING = new Result(Optional.empty(), Duration.ZERO);
  }

  /** Evicts as many as may go now. */
  Result adjust(Subject subject) throws Outdated {
    if (!(subject.state().restart() instanceof Restart.UnderWay(Instant at))) {
      return Result.NOTHING;
    }
    Evictions evictions = Evictions.of(subject.state(), pods(subject));
    if (evictions.isDone()) {
      return new Result(Optional.of(new Signal.PodsReplaced(at)), Duration.ZERO);
    }
    for (String pod : evictions.pods()) {
      subject.requireCurrent();
      if (!writes.evict(subject.key().namespace(), pod)) {
        LOG.infof("%s: pod %s may not be evicted now", subject.key(), pod);
        break;
      }
    }
    return new Result(Optional.empty(), PACE);
  }

  private List<Evictions.Pod> pods(Subject subject) {
    Set<String> owners =
        objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid()).stream()
            .map(ReplicaSet::getMetadata)
            .map(metadata -> metadata.getUid())
            .collect(Collectors.toSet());
    return writes.list(Pod.class, subject.key().namespace(), Api.POD_TEMPLATE_HASH_LABEL).stream()
        .filter(pod ->
            pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owners.contains(owner.getUid())))
        .map(PodRestarter::read)
        .toList();
  }

  private static Evictions.Pod read(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return new Evictions.Pod(
        pod.getMetadata().getName(),
        labels.get(Api.POD_TEMPLATE_HASH_LABEL),
        Instant.parse(pod.getMetadata().getCreationTimestamp()),
        pod.getMetadata().getDeletionTimestamp() != null);
  }
}

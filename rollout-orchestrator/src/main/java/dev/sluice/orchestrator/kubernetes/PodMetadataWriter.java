package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.injection.InjectedMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gives pods that live the metadata which the template of their ReplicaSet was given: new pods have
 * it from there. Pods are read only where a ReplicaSet is marked, and the mark goes when none is
 * left behind, so that nothing is forgotten over a crash.
 */
final class PodMetadataWriter implements AutoCloseable {

  private static final int PARALLEL = 10;
  private static final int TRIES = 3;

  private final ClusterObjects objects;
  private final Writes writes;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().name("pod-metadata-", 0).factory());

  PodMetadataWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Changes the pods that are left behind; says whether any ReplicaSet was marked. */
  boolean adjust(Subject subject) throws Exception {
    boolean changed = false;
    for (ReplicaSet each : objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid())) {
      if (isMarked(each) && isObserved(each)) {
        bringUpToDate(subject, each);
        unmark(subject, each);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isMarked(ReplicaSet replicaSet) {
    return replicaSet.getMetadata().getAnnotations() != null
        && replicaSet.getMetadata().getAnnotations().containsKey(InjectedMetadata.REPLACED)
        && replicaSet.getMetadata().getDeletionTimestamp() == null;
  }

  // Pods that are made from now on are made of the new template.
  private static boolean isObserved(ReplicaSet replicaSet) {
    Long generation = replicaSet.getMetadata().getGeneration();
    Long observed =
        replicaSet.getStatus() == null ? null : replicaSet.getStatus().getObservedGeneration();
    return generation == null || (observed != null && observed >= generation);
  }

  private void bringUpToDate(Subject subject, ReplicaSet replicaSet) throws Exception {
    InjectedMetadata wanted = InjectedMetadata.of(replicaSet);
    InjectedMetadata before = InjectedMetadata.replaced(replicaSet);
    List<Callable<Void>> work =
        writes
            .list(
                Pod.class,
                subject.key().namespace(),
                Api.POD_TEMPLATE_HASH_LABEL,
                ClusterReader.podHash(replicaSet))
            .stream()
            .filter(pod -> isOf(pod, replicaSet))
            .<Callable<Void>>map(pod ->
                () -> {
                  bringUpToDate(subject, pod, wanted, before);
                  return null;
                })
            .toList();
    for (Future<Void> done : workers.invokeAll(work)) {
      try {
        done.get();
      } catch (ExecutionException failure) {
        throw failure.getCause() instanceof Exception cause ? cause : failure;
      }
    }
  }

  private static boolean isOf(Pod pod, ReplicaSet replicaSet) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(replicaSet.getMetadata().getUid()));
  }

  // The status of a pod changes often, and each change makes it another object.
  private void bringUpToDate(
      Subject subject, Pod listed, InjectedMetadata wanted, InjectedMetadata before)
      throws Conflict, Outdated {
    Optional<Pod> pod = Optional.of(listed);
    for (int tries = 1; pod.isPresent(); tries++) {
      ObjectNode metadata = wanted.patch(pod.get().getMetadata(), before);
      if (metadata.isEmpty()) {
        return;
      }
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.set("metadata", metadata);
      subject.requireCurrent();
      try {
        writes.merge(pod.get(), patch);
        return;
      } catch (Conflict conflict) {
        if (tries == TRIES) {
          throw conflict;
        }
        pod = writes.read(pod.get());
      }
    }
  }

  private void unmark(Subject subject, ReplicaSet replicaSet) throws Conflict, Outdated {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .putNull(InjectedMetadata.REPLACED)
        .put(Owned.FENCE, Owned.fence(subject.state()));
    subject.requireCurrent();
    writes.merge(objects.replicaSets, replicaSet, patch);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays scheduler and node: gives every pod a node, has it run, and ends it when it is deleted. It
 * decides by what one watch tells, and asks the server for nothing but its writes.
 */
final class PodPlayer implements AutoCloseable {
  private static final String NODE = "sluice-node";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final int LANES = 4;

  private final KubernetesClient client;
  private final PodRunner runner;
  private final Clock clock;
  private final Map<WorkQueue.Key, PodLife> lives = new ConcurrentHashMap<>();
  private final WorkQueue queue = new WorkQueue("pods", LANES, this::play);
  private final SharedIndexInformer<Pod> informer;

  /**
   * @param namespaces whose pods to play; none: all
   */
  PodPlayer(KubernetesClient client, PodRunner runner, Clock clock, Set<String> namespaces) {
    this.client = client;
    this.runner = runner;
    this.clock = clock;
    this.informer = client.pods().inAnyNamespace().runnableInformer(0);
    informer.addEventHandler(
        new Trigger<>(pod -> {
          if (namespaces.isEmpty() || namespaces.contains(pod.getMetadata().getNamespace())) {
            queue.add(key(pod));
          }
        }));
    informer.run();
  }

  @Override
  public void close() {
    informer.close();
    queue.close();
  }

  private void play(WorkQueue.Key key) {
    Pod pod = informer.getStore().getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name()));
    PodLife before = lives.get(key);
    if (before != null && (pod == null || !before.isOf(pod))) {
      lives.remove(key);
      before.stop(runner); // where nobody waited for it to end
    }
    if (pod == null) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      end(life(key, pod));
    } else if (!Pods.isScheduled(pod)) {
      bind(pod);
    } else if (Pods.isActive(pod)) {
      run(life(key, pod));
    }
  }

  private PodLife life(WorkQueue.Key key, Pod pod) {
    return lives.computeIfAbsent(key, fresh -> new PodLife(pod, () -> queue.add(key)));
  }

  private void run(PodLife life) {
    life.start(runner);
    PodReport report = life.heard();
    if (!life.isShown(report)) {
      life.showed(report, show(life.pod(), report));
    }
  }

  private void end(PodLife life) {
    if (!life.isStopped()) {
      life.stop(runner);
      return;
    }
    client.raw(
        path(life.pod()),
        "DELETE",
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(life.pod().getMetadata().getUid())
            .endPreconditions()
            .build());
  }

  private void bind(Pod pod) {
    client.raw(
        path(pod) + "/binding",
        "POST",
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(NODE)
            .endTarget()
            .build());
  }

  /**
   * By a patch that names the pod by its uid and no version: others write to pods too, and none of
   * them writes what a node does.
   */
  private Pod show(Pod pod, PodReport report) {
    PodBuilder change =
        new PodBuilder()
            .withNewMetadata()
            .withUid(pod.getMetadata().getUid())
            .endMetadata()
            .withStatus(PodStates.of(pod, report, clock.instant()));
    if (report instanceof PodReport.Ready(String _, int port) && port > 0) {
      change
          .editMetadata()
          .addToAnnotations(Controllers.PORT_ANNOTATION, Integer.toString(port))
          .endMetadata();
    }
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(MERGE, Serialization.asJson(change.build()));
  }

  private static String path(Pod pod) {
    return "/api/v1/namespaces/%s/pods/%s"
        .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }

  private static WorkQueue.Key key(Pod pod) {
    return new WorkQueue.Key(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }
}

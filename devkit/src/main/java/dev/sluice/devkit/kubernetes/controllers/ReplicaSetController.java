package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.List;

/** Keeps the number of pods that each ReplicaSet asks for. */
final class ReplicaSetController implements AutoCloseable {
  private final KubernetesClient client;
  private final Clock clock;
  private final WorkQueue queue = new WorkQueue("replicasets", this::reconcile);
  private final List<SharedIndexInformer<?>> informers;

  ReplicaSetController(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.informers =
        List.of(
            client.apps().replicaSets().inAnyNamespace().inform(new Trigger<>(this::changed)),
            client.pods().inAnyNamespace().inform(new Trigger<>(this::podChanged)));
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
  }

  private void changed(ReplicaSet set) {
    queue.add(new WorkQueue.Key(set.getMetadata().getNamespace(), set.getMetadata().getName()));
  }

  private void podChanged(Pod pod) {
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      if (owner.getKind().equals("ReplicaSet")) {
        queue.add(new WorkQueue.Key(pod.getMetadata().getNamespace(), owner.getName()));
      }
    }
  }

  /** Reads from the server, not from the informers: their memory may lag behind our own writes. */
  private void reconcile(WorkQueue.Key key) {
    ReplicaSet set =
        client.apps().replicaSets().inNamespace(key.namespace()).withName(key.name()).get();
    if (set == null) {
      return;
    }
    List<Pod> pods =
        client
            .pods()
            .inNamespace(key.namespace())
            .withLabelSelector(set.getSpec().getSelector())
            .list()
            .getItems();
    ReplicaSetPlan plan = ReplicaSetPlan.of(set, pods, clock.instant());
    for (int i = 0; i < plan.create(); i++) {
      client.resource(pod(set)).create();
    }
    for (String name : plan.delete()) {
      client.pods().inNamespace(key.namespace()).withName(name).delete();
    }
    if (!plan.status().equals(set.getStatus())) {
      client.resource(new ReplicaSetBuilder(set).withStatus(plan.status()).build()).updateStatus();
    }
    plan.again().ifPresent(delay -> queue.addAfter(key, delay));
  }

  private static Pod pod(ReplicaSet set) {
    ObjectMeta template = set.getSpec().getTemplate().getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName(set.getMetadata().getName() + "-")
        .withNamespace(set.getMetadata().getNamespace())
        .withLabels(template.getLabels())
        .withAnnotations(template.getAnnotations())
        .addNewOwnerReference()
        .withApiVersion("apps/v1")
        .withKind("ReplicaSet")
        .withName(set.getMetadata().getName())
        .withUid(set.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(set.getSpec().getTemplate().getSpec())
        .build();
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** Keeps the ReplicaSets that each Deployment asks for. */
final class DeploymentController implements AutoCloseable {
  private final KubernetesClient client;
  private final WorkQueue queue = new WorkQueue("deployments", this::reconcile);
  private final List<SharedIndexInformer<?>> informers;

  DeploymentController(KubernetesClient client) {
    this.client = client;
    this.informers =
        List.of(
            client.apps().deployments().inAnyNamespace().inform(new Trigger<>(this::changed)),
            client.apps().replicaSets().inAnyNamespace().inform(new Trigger<>(this::setChanged)));
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
  }

  private void changed(Deployment deployment) {
    queue.add(
        new WorkQueue.Key(
            deployment.getMetadata().getNamespace(), deployment.getMetadata().getName()));
  }

  private void setChanged(ReplicaSet set) {
    for (OwnerReference owner : set.getMetadata().getOwnerReferences()) {
      if (owner.getKind().equals("Deployment")) {
        queue.add(new WorkQueue.Key(set.getMetadata().getNamespace(), owner.getName()));
      }
    }
  }

  /** Reads from the server, not from the informers: their memory may lag behind our own writes. */
  private void reconcile(WorkQueue.Key key) {
    Deployment deployment =
        client.apps().deployments().inNamespace(key.namespace()).withName(key.name()).get();
    if (deployment == null || deployment.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    String uid = deployment.getMetadata().getUid();
    List<ReplicaSet> owned =
        client.apps().replicaSets().inNamespace(key.namespace()).list().getItems().stream()
            .filter(set ->
                set.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(uid)))
            .toList();
    DeploymentPlan plan = DeploymentPlan.of(deployment, owned);
    plan.create().ifPresent(size -> client.resource(set(deployment, size)).create());
    plan.sizes()
        .forEach((name, size) ->
            client.apps().replicaSets().inNamespace(key.namespace()).withName(name).scale(size));
    if (!plan.status().equals(deployment.getStatus())) {
      client
          .resource(new DeploymentBuilder(deployment).withStatus(plan.status()).build())
          .updateStatus();
    }
  }

  private static ReplicaSet set(Deployment deployment, int size) {
    String hash = hash(deployment);
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName(deployment.getMetadata().getName() + "-" + hash)
        .withNamespace(deployment.getMetadata().getNamespace())
        .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .addToLabels(DeploymentPlan.TEMPLATE_LABEL, hash)
        .addNewOwnerReference()
        .withApiVersion("apps/v1")
        .withKind("Deployment")
        .withName(deployment.getMetadata().getName())
        .withUid(deployment.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withReplicas(size)
        .withMinReadySeconds(deployment.getSpec().getMinReadySeconds())
        .withNewSelectorLike(deployment.getSpec().getSelector())
        .addToMatchLabels(DeploymentPlan.TEMPLATE_LABEL, hash)
        .endSelector()
        .withTemplate(
            new PodTemplateSpecBuilder(deployment.getSpec().getTemplate())
                .editMetadata()
                .addToLabels(DeploymentPlan.TEMPLATE_LABEL, hash)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  /** Tells templates apart; the real controller's hash depends on the names of Go types. */
  private static String hash(Deployment deployment) {
    CRC32 checksum = new CRC32();
    checksum.update(
        Serialization.asJson(deployment.getSpec().getTemplate()).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(checksum.getValue());
  }
}

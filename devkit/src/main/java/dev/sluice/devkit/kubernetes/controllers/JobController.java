package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.List;

/** Gives each Job its pods, and says how they ended. */
final class JobController implements AutoCloseable {
  private static final String NAME_LABEL = "batch.kubernetes.io/job-name";
  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";

  private final KubernetesClient client;
  private final Clock clock;
  private final WorkQueue queue = new WorkQueue("jobs", this::reconcile);
  private final List<SharedIndexInformer<?>> informers;

  JobController(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.informers =
        List.of(
            client.batch().v1().jobs().inAnyNamespace().inform(new Trigger<>(this::changed)),
            client
                .pods()
                .inAnyNamespace()
                .withLabel(NAME_LABEL)
                .inform(new Trigger<>(this::podChanged)));
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
  }

  private void changed(Job job) {
    queue.add(new WorkQueue.Key(job.getMetadata().getNamespace(), job.getMetadata().getName()));
  }

  private void podChanged(Pod pod) {
    for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
      if (owner.getKind().equals("Job")) {
        queue.add(new WorkQueue.Key(pod.getMetadata().getNamespace(), owner.getName()));
      }
    }
  }

  /** Reads from the server, not from the informers: their memory may lag behind our own writes. */
  private void reconcile(WorkQueue.Key key) {
    Job job = client.batch().v1().jobs().inNamespace(key.namespace()).withName(key.name()).get();
    if (job == null) {
      return;
    }
    List<Pod> pods =
        client
            .pods()
            .inNamespace(key.namespace())
            .withLabel(UID_LABEL, job.getMetadata().getUid())
            .list()
            .getItems();
    JobPlan plan = JobPlan.of(job, pods, clock.instant());
    for (int i = 0; i < plan.create(); i++) {
      client.resource(pod(job)).create();
    }
    for (String name : plan.delete()) {
      client.pods().inNamespace(key.namespace()).withName(name).delete();
    }
    if (!plan.status().equals(job.getStatus())) {
      client.resource(new JobBuilder(job).withStatus(plan.status()).build()).updateStatus();
    }
    plan.again().ifPresent(delay -> queue.addAfter(key, delay));
  }

  private static Pod pod(Job job) {
    ObjectMeta template = job.getSpec().getTemplate().getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName(job.getMetadata().getName() + "-")
        .withNamespace(job.getMetadata().getNamespace())
        .withLabels(template == null ? null : template.getLabels())
        .addToLabels(NAME_LABEL, job.getMetadata().getName())
        .addToLabels(UID_LABEL, job.getMetadata().getUid())
        .addToLabels("job-name", job.getMetadata().getName())
        .addToLabels("controller-uid", job.getMetadata().getUid())
        .withAnnotations(template == null ? null : template.getAnnotations())
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(job.getMetadata().getName())
        .withUid(job.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(job.getSpec().getTemplate().getSpec())
        .build();
  }
}

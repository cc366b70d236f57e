package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Plays scheduler and node: gives every pod a node, has it run, and ends it when it is deleted. */
final class PodPlayer implements AutoCloseable {
  private static final String NODE = "sluice-node";

  private final KubernetesClient client;
  private final PodRunner runner;
  private final Clock clock;
  // By uid: what was heard of a pod, and which of that its status shows.
  private final Map<String, PodReport> reports = new ConcurrentHashMap<>();
  private final Map<String, PodReport> shown = new ConcurrentHashMap<>();
  private final Set<String> stopping = ConcurrentHashMap.newKeySet();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private final WorkQueue queue = new WorkQueue("pods", this::play);
  private final SharedIndexInformer<Pod> informer;

  PodPlayer(KubernetesClient client, PodRunner runner, Clock clock) {
    this.client = client;
    this.runner = runner;
    this.clock = clock;
    this.informer =
        client.pods().inAnyNamespace().inform(new Trigger<>(pod -> queue.add(key(pod))));
  }

  @Override
  public void close() {
    informer.close();
    queue.close();
  }

  private void play(WorkQueue.Key key) {
    PodResource resource = client.pods().inNamespace(key.namespace()).withName(key.name());
    Pod pod = resource.get();
    if (pod == null) {
      return;
    }
    String uid = pod.getMetadata().getUid();
    if (pod.getMetadata().getDeletionTimestamp() == null) {
      run(key, pod, uid);
    } else if (stopped.contains(uid)) {
      resource.withGracePeriod(0).delete();
      forget(uid);
    } else if (stopping.add(uid)) {
      runner.stop(
          pod,
          () -> {
            stopped.add(uid);
            queue.add(key);
          });
    }
  }

  private void run(WorkQueue.Key key, Pod pod, String uid) {
    if (!Pods.isScheduled(pod)) {
      bind(pod);
      queue.add(key);
      return;
    }
    if (reports.putIfAbsent(uid, new PodReport.NotReady("ContainerCreating", "")) == null) {
      runner.start(pod, new Reporter(key, uid));
    }
    PodReport report = reports.get(uid);
    if (!report.equals(shown.get(uid))) {
      show(pod, report);
      shown.put(uid, report);
    }
  }

  private void bind(Pod pod) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/binding"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    client.raw(
        path,
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

  private void show(Pod pod, PodReport report) {
    Pod next =
        switch (report) {
          case PodReport.Ready(String ip, int port) ->
              withPort(pod, port).withStatus(PodStates.ready(pod, ip, clock.instant())).build();
          case PodReport.NotReady(String reason, String message) ->
              new PodBuilder(pod)
                  .withStatus(PodStates.notReady(pod, reason, message, clock.instant()))
                  .build();
        };
    client.resource(next).updateStatus();
  }

  private static PodBuilder withPort(Pod pod, int port) {
    PodBuilder builder = new PodBuilder(pod);
    if (port > 0) {
      builder
          .editMetadata()
          .addToAnnotations(Controllers.PORT_ANNOTATION, Integer.toString(port))
          .endMetadata();
    }
    return builder;
  }

  private void forget(String uid) {
    reports.remove(uid);
    shown.remove(uid);
    stopping.remove(uid);
    stopped.remove(uid);
  }

  private static WorkQueue.Key key(Pod pod) {
    return new WorkQueue.Key(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }

  private final class Reporter implements PodRunner.Report {
    private final WorkQueue.Key key;
    private final String uid;

    Reporter(WorkQueue.Key key, String uid) {
      this.key = key;
      this.uid = uid;
    }

    @Override
    public void ready(String ip, int localPort) {
      tell(new PodReport.Ready(ip, localPort));
    }

    @Override
    public void notReady(String reason, String message) {
      tell(new PodReport.NotReady(reason, message));
    }

    /** A pod that is forgotten already does not come back by a late report. */
    private void tell(PodReport report) {
      reports.computeIfPresent(uid, (known, before) -> report);
      queue.add(key);
    }
  }
}

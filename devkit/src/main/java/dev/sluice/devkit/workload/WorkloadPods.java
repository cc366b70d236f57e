package dev.sluice.devkit.workload;

import dev.sluice.devkit.kubernetes.controllers.PodRunner;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a {@link Workload} run the pods of the devkit's cluster. */
public final class WorkloadPods implements PodRunner, AutoCloseable {

  private static final String APP_LABEL = "app";
  private static final Quantity NO_LIMIT = new Quantity("1Gi");

  private final Workload workload;
  private final AtomicInteger addresses = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("workload-pods").factory());

  /** The workload stays the caller's to close. */
  public WorkloadPods(Workload workload) {
    this.workload = workload;
  }

  @Override
  public void start(Pod pod, Report report) {
    threads.execute(() -> {
      try {
        int port = workload.play(played(pod));
        report.ready(nextAddress(), port);
      } catch (RuntimeException problem) {
        report.notReady("ErrImagePull", problem.getMessage());
      }
    });
  }

  @Override
  public void stop(Pod pod, Runnable stopped) {
    threads.execute(() -> {
      try {
        workload.end(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
      } finally {
        stopped.run(); // a workload that died runs no pod any more
      }
    });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static PlayedPod played(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    Container container = pod.getSpec().getContainers().getFirst();
    var limit =
        Optional.ofNullable(container.getResources())
            .map(resources -> resources.getLimits())
            .map(limits -> limits.get("memory"))
            .orElse(NO_LIMIT);
    return new PlayedPod(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        container.getImage(),
        labels.getOrDefault(PodPorts.POD_HASH_LABEL, ""),
        labels.getOrDefault(APP_LABEL, ""),
        container.getName(),
        limit.getNumericalAmount().longValueExact());
  }

  /** An address that looks like one of a pod; nobody listens on it. */
  private String nextAddress() {
    int number = addresses.incrementAndGet();
    return "10.244.%d.%d".formatted(number / 250 % 250, 1 + number % 250);
  }
}

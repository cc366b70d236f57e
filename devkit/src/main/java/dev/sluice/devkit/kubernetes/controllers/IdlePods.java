package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pods without a process: ready after a moment, gone after a moment. The image tag {@code bad-pull}
 * never starts.
 */
public final class IdlePods implements PodRunner, AutoCloseable {
  private final Duration untilReady;
  private final Duration untilStopped;
  private final AtomicInteger addresses = new AtomicInteger();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("idle-pods").factory());

  public IdlePods() {
    this(Duration.ofMillis(400), Duration.ofMillis(300));
  }

  public IdlePods(Duration untilReady, Duration untilStopped) {
    this.untilReady = untilReady;
    this.untilStopped = untilStopped;
  }

  @Override
  public void start(Pod pod, Report report) {
    for (Container container : pod.getSpec().getContainers()) {
      if (String.valueOf(container.getImage()).endsWith(":bad-pull")) {
        report.notReady("ErrImagePull", "the image " + container.getImage() + " cannot be pulled");
        return;
      }
    }
    String ip = nextAddress();
    timer.schedule(() -> report.ready(ip, 0), untilReady.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop(Pod pod, Runnable stopped) {
    timer.schedule(stopped, untilStopped.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private String nextAddress() {
    int n = addresses.incrementAndGet();
    return "10.244.%d.%d".formatted((n / 250) % 250, 1 + n % 250);
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pods without a process: ready after a moment, later by the {@code initialDelaySeconds} of a
 * readiness probe, and gone after a moment, whatever grace period they have. The image tag {@code
 * bad-pull} never starts, the command {@code /bad-command} crashes at every start.
 */
public final class IdlePods implements PodRunner, AutoCloseable {
  private static final String BAD_TAG = ":bad-pull";
  private static final String BAD_COMMAND = "/bad-command";

  /** As the kubelet: 10 s after the first restart, twice as long after each, at most 5 minutes. */
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);

  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

  private final Duration untilReady;
  private final Duration untilStopped;
  private final AtomicInteger addresses = new AtomicInteger();
  // By uid: pods that are to be restarted again and again.
  private final Set<String> crashing = ConcurrentHashMap.newKeySet();
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
    Optional<Container> notPulled = notPulled(pod);
    if (notPulled.isPresent()) {
      failToPull(notPulled.get().getImage(), report);
      return;
    }
    String ip = nextAddress();
    Optional<Container> crashes =
        pod.getSpec().getContainers().stream()
            .filter(container -> container.getCommand().contains(BAD_COMMAND))
            .findFirst();
    if (crashes.isPresent()) {
      crashing.add(pod.getMetadata().getUid());
      after(untilReady, () -> crash(pod, ip, crashes.get().getName(), report, 0));
      return;
    }
    Duration probed = probeDelay(pod);
    if (probed.isPositive()) {
      after(untilReady, () -> report.running(ip));
    }
    after(untilReady.plus(probed), () -> report.ready(ip, 0));
  }

  @Override
  public void stop(Pod pod, Runnable stopped) {
    crashing.remove(pod.getMetadata().getUid());
    after(untilStopped, stopped);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A container whose image there is not. */
  static Optional<Container> notPulled(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> String.valueOf(container.getImage()).endsWith(BAD_TAG))
        .findFirst();
  }

  /** An address that looks like one of a pod; nobody listens on it. */
  String nextAddress() {
    int n = addresses.incrementAndGet();
    return "10.244.%d.%d".formatted((n / 250) % 250, 1 + n % 250);
  }

  private void failToPull(String image, Report report) {
    report.notReady("ErrImagePull", "failed to pull image \"%s\": not found".formatted(image));
    after(
        untilReady,
        () ->
            report.notReady("ImagePullBackOff", "Back-off pulling image \"%s\"".formatted(image)));
  }

  private void crash(Pod pod, String ip, String container, Report report, int restarts) {
    if (!crashing.contains(pod.getMetadata().getUid())) {
      return;
    }
    if (restarts == 0) {
      report.crashed(
          ip,
          "RunContainerError",
          "exec: \"%s\": stat %s: no such file or directory".formatted(BAD_COMMAND, BAD_COMMAND),
          0);
      after(untilReady, () -> crash(pod, ip, container, report, 1));
      return;
    }
    Duration backOff = backOff(restarts);
    report.crashed(
        ip,
        "CrashLoopBackOff",
        "back-off %ds restarting failed container=%s pod=%s"
            .formatted(backOff.toSeconds(), container, pod.getMetadata().getName()),
        restarts);
    after(backOff, () -> crash(pod, ip, container, report, restarts + 1));
  }

  private static Duration backOff(int restarts) {
    Duration doubled = FIRST_BACK_OFF.multipliedBy(1L << Math.min(restarts - 1, 10));
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }

  /** The pod is ready when the last of its containers is. */
  private static Duration probeDelay(Pod pod) {
    int seconds =
        pod.getSpec().getContainers().stream()
            .map(Container::getReadinessProbe)
            .filter(Objects::nonNull)
            .map(Probe::getInitialDelaySeconds)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    return Duration.ofSeconds(seconds);
  }

  private void after(Duration delay, Runnable task) {
    try {
      timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      crashing.clear(); // nobody is waited for any more
    }
  }
}

package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/** One pod, as its node knows it. Reports come from any thread, all else from the player's. */
final class PodLife implements PodRunner.Report {
  private final Runnable changed;
  private Pod pod;
  private PodReport heard = new PodReport.NotReady("ContainerCreating", "");
  private PodReport shown;
  private boolean started;
  private boolean stopping;
  private volatile boolean stopped;

  /**
   * @param changed called after something was heard
   */
  PodLife(Pod pod, Runnable changed) {
    this.pod = pod;
    this.changed = changed;
  }

  /** The pod as we wrote it last: an informer's memory may lag behind our own writes. */
  Pod pod() {
    return pod;
  }

  boolean isOf(Pod other) {
    return pod.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  void start(PodRunner runner) {
    if (!started) {
      started = true;
      runner.start(pod, this);
    }
  }

  void stop(PodRunner runner) {
    if (!stopping) {
      stopping = true;
      runner.stop(
          pod,
          () -> {
            stopped = true;
            changed.run();
          });
    }
  }

  boolean isStopped() {
    return stopped;
  }

  synchronized PodReport heard() {
    return heard;
  }

  boolean isShown(PodReport report) {
    return report.equals(shown);
  }

  void showed(PodReport report, Pod written) {
    shown = report;
    pod = written;
  }

  @Override
  public void running(String ip) {
    tell(new PodReport.Running(ip));
  }

  @Override
  public void ready(String ip, int localPort) {
    tell(new PodReport.Ready(ip, localPort));
  }

  @Override
  public void notReady(String reason, String message) {
    tell(new PodReport.NotReady(reason, message));
  }

  @Override
  public void crashed(String ip, String reason, String message, int restarts) {
    tell(new PodReport.Crashed(ip, reason, message, restarts));
  }

  @Override
  public void ended(Map<String, Integer> exitCodes) {
    tell(new PodReport.Ended(exitCodes));
  }

  private void tell(PodReport report) {
    synchronized (this) {
      if (heard instanceof PodReport.Ended) {
        return;
      }
      heard = report;
    }
    changed.run();
  }
}

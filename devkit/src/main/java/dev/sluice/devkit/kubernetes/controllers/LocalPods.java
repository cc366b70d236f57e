package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;

/** Pods of Jobs run their commands as processes of this machine, all others are idle. */
public final class LocalPods implements PodRunner, AutoCloseable {
  private final IdlePods idle;
  private final CommandPods commands;

  public LocalPods() {
    this(new IdlePods());
  }

  /** The idle pods are closed with these. */
  public LocalPods(IdlePods idle) {
    this.idle = idle;
    this.commands = new CommandPods(idle::nextAddress);
  }

  @Override
  public void start(Pod pod, Report report) {
    boolean runs = Pods.isOfJob(pod) && IdlePods.notPulled(pod).isEmpty();
    (runs ? commands : idle).start(pod, report);
  }

  @Override
  public void stop(Pod pod, Runnable stopped) {
    commands.stop(pod, () -> idle.stop(pod, stopped));
  }

  @Override
  public void close() {
    commands.close();
    idle.close();
  }
}

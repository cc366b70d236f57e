package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * Plays what runs inside pods. Calls come from one thread and must return quickly; the answers may
 * come from any thread, at any time.
 */
public interface PodRunner {
  /** A pod has its node and shall run; whatever becomes of it is told to the report. */
  void start(Pod pod, Report report);

  /** A pod shall end; whoever runs it says when it has. */
  void stop(Pod pod, Runnable stopped);

  /** What a runner tells about one pod. */
  interface Report {
    /**
     * The pod answers.
     *
     * @param ip address within the played cluster
     * @param localPort port on 127.0.0.1 where it really answers; 0: nothing listens
     */
    void ready(String ip, int localPort);

    /**
     * The pod does not answer, not yet or no more.
     *
     * @param reason one word, as kubectl shows it: ErrImagePull, CrashLoopBackOff, ...
     */
    void notReady(String reason, String message);
  }
}

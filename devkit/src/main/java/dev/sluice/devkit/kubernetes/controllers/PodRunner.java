package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/**
 * Plays what runs inside pods. Calls about one pod come one after the other, those about several
 * from several threads; each must return quickly. The answers may come from any thread, at any
 * time.
 */
public interface PodRunner {
  /** A pod has its node and shall run; whatever becomes of it is told to the report. */
  void start(Pod pod, Report report);

  /** A pod shall end; whoever runs it says when it has. */
  void stop(Pod pod, Runnable stopped);

  /** What a runner tells about one pod. */
  interface Report {
    /**
     * The pod runs and does not answer yet.
     *
     * @param ip address within the played cluster
     */
    void running(String ip);

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
     * @param reason one word, as kubectl shows it: ErrImagePull, ImagePullBackOff, ...
     */
    void notReady(String reason, String message);

    /**
     * The pod fell over, and will be tried again.
     *
     * @param reason one word, as kubectl shows it: RunContainerError, CrashLoopBackOff
     * @param restarts how often it was tried again until now
     */
    void crashed(String ip, String reason, String message, int restarts);

    /**
     * The pod is over; nothing that is told later counts.
     *
     * @param exitCodes of all containers, by their names; it has succeeded where all are 0
     */
    void ended(Map<String, Integer> exitCodes);
  }
}

package dev.sluice.devkit.workload;

import java.time.Duration;

/** How a version of the application behaves. */
public enum Behaviour {
  /** As it should: no errors, tens of milliseconds, half of its memory. */
  GOOD,
  /** One request in twenty is answered with status 500. */
  ERRORS,
  /** One request in ten takes 0.8 s: the 99th percentile is over half a second. */
  LATENCY,
  /** Memory grows from half of its limit towards all of it. */
  LEAK;

  private static final double AT_START = 0.5;
  private static final double MOST = 0.99;
  private static final int USUAL_LATENCIES = 25;

  /** The status of the n-th request of a pod, counted from 1. */
  int status(long n) {
    return this == ERRORS && n % 20 == 0 ? 500 : 200;
  }

  /** How long the n-th request of a pod takes, counted from 1. */
  Duration latency(long n) {
    return this == LATENCY && n % 10 == 0
        ? Duration.ofMillis(800)
        : Duration.ofMillis(5 + n * 7 % USUAL_LATENCIES);
  }

  /**
   * The part of the memory limit in use, 0 to 1.
   *
   * @param age of the pod
   * @param leak how long a leak takes from half of the limit to all of it
   */
  double memory(Duration age, Duration leak) {
    if (this != LEAK) {
      return AT_START;
    }
    double leaked = (1 - AT_START) * age.toMillis() / leak.toMillis();
    return Math.min(MOST, AT_START + leaked);
  }
}

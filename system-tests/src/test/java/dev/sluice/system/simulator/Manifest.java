package dev.sluice.system.simulator;

import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Specification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The part of a Rollout's spec that its user changes.
 *
 * @param image of the pod template, which is all of it
 * @param steps the name of one of {@link StepLists}
 * @param replicas 0 or more
 * @param paused whether everything is halted
 * @param valid whether all that it names exists
 * @param routed whether a router divides the traffic
 * @param restartAt pods that are older are to be replaced; null if none are
 */
record Manifest(
    String image,
    String steps,
    int replicas,
    boolean paused,
    boolean valid,
    boolean routed,
    Instant restartAt) {

  static final String REPOSITORY = "registry.example/app";
  static final String TAG = "release";
  static final TrafficDesired.Router.Nginx NGINX =
      new TrafficDesired.Router.Nginx(
          List.of("app"), "nginx.ingress.kubernetes.io", Map.of(), Map.of(), false);

  Manifest withImage(String other) {
    return new Manifest(other, steps, replicas, paused, valid, routed, restartAt);
  }

  Manifest withSteps(String other) {
    return new Manifest(image, other, replicas, paused, valid, routed, restartAt);
  }

  Manifest withReplicas(int other) {
    return new Manifest(image, steps, other, paused, valid, routed, restartAt);
  }

  Manifest withPaused(boolean other) {
    return new Manifest(image, steps, replicas, other, valid, routed, restartAt);
  }

  Manifest withValid(boolean other) {
    return new Manifest(image, steps, replicas, paused, other, routed, restartAt);
  }

  Manifest withRouted(boolean other) {
    return new Manifest(image, steps, replicas, paused, valid, other, restartAt);
  }

  Manifest withRestartAt(Instant other) {
    return new Manifest(image, steps, replicas, paused, valid, routed, other);
  }

  /** The hash of the pod template: what distinguishes the image, so that traces can be read. */
  static String podHash(String image) {
    return image.contains("@")
        ? image.substring(image.indexOf("@sha256:") + 8)
        : image.substring(image.lastIndexOf(':') + 1);
  }

  String podHash() {
    return podHash(image);
  }

  /** The name of the canary's Service; empty if there is none. A router needs one. */
  String canaryService(Setting setting) {
    return routed || setting.byPods().canaryService() ? "app-canary" : "";
  }

  /** The name of the stable Service; empty if there is none. A router needs one. */
  String stableService(Setting setting) {
    return routed || setting.byPods().stableService() ? "app-stable" : "";
  }

  Specification specification(long generation, Setting setting) {
    return new Specification(
        generation,
        replicas,
        podHash(),
        steps,
        "app=app",
        List.of(image),
        StepLists.named(steps),
        canaryService(setting),
        stableService(setting),
        routed
            ? new Specification.Splitting.ByRoute(
                NGINX, setting.maxWeight(), setting.dynamicStableScale(), StepLists.ROUTES)
            : new Specification.Splitting.ByPods(),
        setting.byPods().budget(),
        setting.scaleDownDelay(),
        setting.abortScaleDownDelay(),
        10,
        setting.rollbackWindow(),
        setting.progressDeadline(),
        setting.abortOnDeadline(),
        paused,
        restartAt,
        new Specification.PushRule(REPOSITORY, TAG));
  }
}

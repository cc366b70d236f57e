package dev.sluice.system.simulator;

import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Edits;
import dev.sluice.orchestrator.Specification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The part of a Rollout's spec that its user changes.
 *
 * @param image of the pod template, which is all of it
 * @param steps the name of one of {@link StepLists}
 * @param background the name of one of {@link Backgrounds}
 * @param replicas 0 or more
 * @param paused whether everything is halted
 * @param valid whether all that it names exists
 * @param routed whether a router divides the traffic
 * @param restartAt pods that are older are to be replaced; null if none are
 * @param changedBy the mark of the command whose change was written last; empty if there was none
 */
record Manifest(
    String image,
    String steps,
    String background,
    int replicas,
    boolean paused,
    boolean valid,
    boolean routed,
    Instant restartAt,
    String changedBy) {

  static final String REPOSITORY = "registry.example/app";
  static final String TAG = "release";
  static final String CONTAINER = "main";
  static final TrafficDesired.Router.Nginx NGINX =
      new TrafficDesired.Router.Nginx(
          List.of("app"), "nginx.ingress.kubernetes.io", Map.of(), Map.of(), false);

  Manifest withImage(String other) {
    return new Manifest(
        other, steps, background, replicas, paused, valid, routed, restartAt, changedBy);
  }

  Manifest withSteps(String other) {
    return new Manifest(
        image, other, background, replicas, paused, valid, routed, restartAt, changedBy);
  }

  Manifest withBackground(String other) {
    return new Manifest(image, steps, other, replicas, paused, valid, routed, restartAt, changedBy);
  }

  Manifest withReplicas(int other) {
    return new Manifest(
        image, steps, background, other, paused, valid, routed, restartAt, changedBy);
  }

  Manifest withPaused(boolean other) {
    return new Manifest(
        image, steps, background, replicas, other, valid, routed, restartAt, changedBy);
  }

  Manifest withValid(boolean other) {
    return new Manifest(
        image, steps, background, replicas, paused, other, routed, restartAt, changedBy);
  }

  Manifest withRouted(boolean other) {
    return new Manifest(
        image, steps, background, replicas, paused, valid, other, restartAt, changedBy);
  }

  Manifest withRestartAt(Instant other) {
    return new Manifest(
        image, steps, background, replicas, paused, valid, routed, other, changedBy);
  }

  /** As the writer leaves it: changed, and marked by the command. */
  Manifest changed(Edits.Requested requested, Cluster cluster) {
    Manifest changed =
        switch (requested.edit()) {
          case Edit.Pause(boolean other) -> withPaused(other);
          case Edit.Restart(Instant at) -> withRestartAt(at);
          case Edit.Template.SetImage set -> withImage(set.image());
          case Edit.Template.Undo(int revision) ->
              cluster.ofRevision(revision).map(r -> withImage(imageOf(r.podHash()))).orElse(this);
        };
    return new Manifest(
        changed.image,
        steps,
        background,
        replicas,
        changed.paused,
        valid,
        routed,
        changed.restartAt,
        requested.command());
  }

  private static String imageOf(String podHash) {
    return REPOSITORY + (podHash.startsWith("d") ? "@sha256:" : ":") + podHash;
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
        List.of(new Specification.Container(CONTAINER, image)),
        StepLists.named(steps),
        Backgrounds.named(background),
        canaryService(setting),
        stableService(setting),
        routed
            ? new Specification.Splitting.ByRoute(
                NGINX, setting.maxWeight(), setting.dynamicStableScale(), StepLists.ROUTES, false)
            : new Specification.Splitting.ByPods(),
        setting.byPods().budget(),
        setting.scaleDownDelay(),
        setting.abortScaleDownDelay(),
        setting.scaling(),
        10,
        setting.rollbackWindow(),
        setting.progressDeadline(),
        setting.abortOnDeadline(),
        paused,
        restartAt,
        // A push is not written into another workload.
        setting.workload() == null ? new Specification.PushRule(REPOSITORY, TAG) : null,
        setting.workload());
  }
}

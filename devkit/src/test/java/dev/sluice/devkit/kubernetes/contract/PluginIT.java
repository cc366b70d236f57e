package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The requests by which {@code kubectl argo rollouts} reads and commands. */
@ExtendWith(KubernetesWorld.class)
class PluginIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "argoproj.io/v1alpha1";
  private static final String ROLLOUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: shop}}
        strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}]}}
        template:
          metadata: {labels: {app: shop}}
          spec: {containers: [{name: main, image: 'registry.test/shop:1'}]}
      """;

  private String rollouts;
  private String shop;

  @BeforeEach
  void thereIsAPausedRollout(Api api) {
    CustomKinds.rollouts(api);
    rollouts = api.in(GROUP, "rollouts");
    shop = rollouts + "/shop";
    assertThat(api.post(rollouts, ROLLOUT).code()).isEqualTo(201);
    Answer paused =
        api.merge(
            shop + "/status",
            """
            status:
              controllerPause: true
              currentStepIndex: 1
              phase: Paused
              pauseConditions: [{reason: CanaryPauseStep, startTime: '2026-01-02T03:04:05Z'}]
            """);
    assertThat(paused.code()).isEqualTo(200);
  }

  /** {@code get rollout} and {@code status} follow seven kinds with informers. */
  @Test
  void everyKindThatItShowsIsListedAndWatched(Api api) {
    for (String path :
        List.of(
            rollouts,
            api.in(GROUP, "experiments"),
            api.in(GROUP, "analysisruns"),
            api.in("apps/v1", "replicasets"),
            api.in("apps/v1", "deployments"),
            api.in("v1", "pods"),
            api.in("batch/v1", "jobs"))) {
      Answer list = api.get(path + "?limit=500&resourceVersion=0");
      assertThat(list.code()).as(path).isEqualTo(200);
      String options = "?allowWatchBookmarks=true&timeoutSeconds=10&watch=true";
      try (WatchReader watch = api.watch(path + options + "&resourceVersion=" + list.version())) {
        assertThat(watch.code()).as(path).isEqualTo(200);
      }
      String streamed = "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
      // A real server puts off those who come while it still reads in a new kind.
      await().atMost(LIMIT).until(() -> endsItsInitialEvents(api, path + options + streamed));
    }
  }

  private static boolean endsItsInitialEvents(Api api, String path) {
    try (WatchReader watch = api.watch(path)) {
      WatchReader.Line line =
          watch.next(next -> List.of("BOOKMARK", "ERROR", "END").contains(next.type()));
      return line.type().equals("BOOKMARK")
          && line.object()
              .at("/metadata/annotations/k8s.io~1initial-events-end")
              .asText()
              .equals("true");
    }
  }

  @Test
  void oneRolloutIsWatchedByItsName(Api api) {
    Answer list = api.get(rollouts + "?fieldSelector=metadata.name%3Dshop");
    assertThat(ObjectsIT.names(list)).isEqualTo("shop");

    try (WatchReader watch =
        api.watch(
            rollouts
                + "?fieldSelector=metadata.name%3Dshop&watch=true&resourceVersion="
                + list.version())) {
      api.merge(shop + "/status", "{status: {phase: Healthy}}");
      assertThat(watch.next(line -> true).object().at("/status/phase").asText())
          .isEqualTo("Healthy");
    }
  }

  @Test
  void allRolloutsOfTheClusterAreListed(Api api) {
    assertThat(ObjectsIT.names(api.get("/apis/" + GROUP + "/rollouts"))).contains("shop");
  }

  @Test
  void promoteClearsThePause(Api api) {
    Answer promoted = api.merge(shop + "/status", "{status: {pauseConditions: null}}");

    assertThat(promoted.code()).isEqualTo(200);
    assertThat(promoted.body().path("status").has("pauseConditions")).isFalse();
    assertThat(promoted.text("/status/currentStepIndex")).isEqualTo("1");
    assertThat(promoted.text("/metadata/generation")).isEqualTo("1");
  }

  @Test
  void promoteOfAnInconclusiveStepSkipsIt(Api api) {
    Answer promoted =
        api.merge(
            shop + "/status",
            "{status: {pauseConditions: null, controllerPause: false, currentStepIndex: 2}}");

    assertThat(promoted.text("/status/controllerPause")).isEqualTo("false");
    assertThat(promoted.text("/status/currentStepIndex")).isEqualTo("2");
  }

  @Test
  void promoteFullAndAbortAndRetryAreStatusFields(Api api) {
    assertThat(
            api.merge(shop + "/status", "{status: {promoteFull: true}}")
                .text("/status/promoteFull"))
        .isEqualTo("true");
    assertThat(api.merge(shop + "/status", "{status: {abort: true}}").text("/status/abort"))
        .isEqualTo("true");
    assertThat(api.merge(shop + "/status", "{status: {abort: false}}").text("/status/abort"))
        .isEqualTo("false");
    assertThat(api.get(shop).text("/metadata/generation")).isEqualTo("1");
  }

  @Test
  void pauseAndRestartAreSpecFields(Api api) {
    assertThat(api.merge(shop, "{spec: {paused: true}}").text("/spec/paused")).isEqualTo("true");
    Answer restarted = api.merge(shop, "{spec: {restartAt: '2026-01-02T03:04:05Z'}}");

    assertThat(restarted.text("/spec/restartAt")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(restarted.text("/metadata/generation")).isEqualTo("3");
    assertThat(restarted.text("/status/phase")).isEqualTo("Paused");
  }

  @Test
  void undoReplacesTheTemplate(Api api) {
    Answer sets = api.get(api.in("apps/v1", "replicasets") + "?labelSelector=app%3Dshop");
    assertThat(sets.code()).isEqualTo(200);

    Answer undone =
        api.jsonPatch(
            shop,
            """
            - op: replace
              path: /spec/template
              value:
                metadata: {creationTimestamp: null, labels: {app: shop}}
                spec: {containers: [{name: main, image: 'registry.test/shop:0', resources: {}}]}
            """);

    assertThat(undone.code()).isEqualTo(200);
    assertThat(undone.text("/spec/template/spec/containers/0/image"))
        .isEqualTo("registry.test/shop:0");
    assertThat(undone.text("/metadata/generation")).isEqualTo("2");
  }

  @Test
  void setImageReplacesTheWholeObjectAndConflictsWhenItIsOld(Api api) {
    ObjectNode read = Api.object(api.get(shop));
    ((ObjectNode) read.at("/spec/template/spec/containers/0")).put("image", "registry.test/shop:2");

    Answer updated = api.put(shop, read);

    assertThat(updated.code()).isEqualTo(200);
    assertThat(updated.text("/spec/template/spec/containers/0/image"))
        .isEqualTo("registry.test/shop:2");
    assertThat(updated.text("/status/phase")).isEqualTo("Paused");
    assertThat(api.put(shop, read).refusal()).isEqualTo("409 Conflict");
  }

  @Test
  void terminateIsASpecFieldOfRunsAndExperiments(Api api) {
    api.post(
        api.in(GROUP, "analysisruns"),
        "{apiVersion: argoproj.io/v1alpha1, kind: AnalysisRun, metadata: {name: a}, spec: {metrics: []}}");

    assertThat(
            api.merge(api.in(GROUP, "analysisruns/a"), "{spec: {terminate: true}}")
                .text("/spec/terminate"))
        .isEqualTo("true");
  }
}

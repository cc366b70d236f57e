package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recorded scenarios without data, as an installation plays them that was told nothing about
 * it: an empty answer is no reason to abort, and none to go on.
 */
class NoDataST {

  private static final String RUN = "analysisruns/app-7746f49889-2-1";
  private static final String UP_TO_THE_PAUSE =
      """
      - wait: {rollout: app, phase: Healthy, revision: 1}
      - image: {rollout: app, image: "registry.example/app:v2"}
      - wait: {rollout: app, phase: Paused, message: InconclusiveAnalysisRun}
      """;
  private static final String UP_TO_THE_END =
      """
      - wait: {rollout: app, phase: Healthy, revision: 2, stable: true}
      """;
  private static final String PROMOTE =
      """
      - sleep: 2
      - plugin: promote app
      """;
  private static final String ABORT =
      """
      - sleep: 2
      - plugin: abort app
      - wait: {rollout: app, phase: Degraded, abort: true}
      """;
  private static final String END_THE_PAUSE =
      """
      - patch:
          {kind: rollout, name: app, subresource: status, patch: {status: {pauseConditions: null}}}
      """;

  @TempDir static Path folder;
  private static final ExecutorService players = Executors.newVirtualThreadPerTaskExecutor();
  private static EmbeddedCluster cluster;
  private static Stage stage;
  private static Scenario annotated;
  private static Future<Stage.Play> promoted;
  private static Future<Stage.Play> measuredAgain;
  private static Future<Stage.Play> takenBack;
  private static Future<Stage.Play> asArgo;

  @BeforeAll
  static void everythingIsPlayedAtOnce() {
    cluster = new EmbeddedCluster(folder);
    stage = new Stage(folder, cluster.kubeconfig(), "inconclusive");
    promoted =
        play(
            stage
                .scenario("analysis-empty")
                .playedAs("promoted", UP_TO_THE_PAUSE + PROMOTE + UP_TO_THE_END));

    Scenario again =
        stage
            .scenario("analysis-empty")
            .playedAs("measured-again", UP_TO_THE_PAUSE + END_THE_PAUSE + UP_TO_THE_END);
    ((ObjectNode) metric(again, "gate").at("/provider/prometheus"))
        .put("query", "seq(\"measured-again\",\"empty,0.001\")");
    measuredAgain = play(again);

    Scenario abort =
        stage.scenario("checkout-no-data").playedAs("taken-back", UP_TO_THE_PAUSE + ABORT);
    metric(abort, "error-rate").put("inconclusiveLimit", 2);
    takenBack = play(abort);

    annotated = stage.scenario("analysis-empty");
    ((ObjectNode) annotated.object("AnalysisTemplate", "gate").path("metadata"))
        .putObject("annotations")
        .put("sluice.dev/no-data", "error");
    asArgo = play(annotated);
  }

  @AfterAll
  static void everythingEnds() {
    players.shutdownNow();
    if (stage != null) {
      stage.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void withoutDataTheRolloutPausesAndPromoteGoesOnBehindTheGate() throws Exception {
    var seen = landmarks(promoted);
    assertThat(last(seen.get(RUN)))
        .startsWith(
            "Inconclusive: Metric \"m\" assessed Inconclusive due to inconclusive (1) >"
                + " inconclusiveLimit (0)")
        .contains("no data returned from the metric provider");
    assertThat(seen.keySet()).as("runs").noneMatch(name -> name.startsWith(RUN + "."));
    assertThat(texts(seen.get("rollouts/app step"))).containsExactly("0", "3", "0", "1", "2", "3");
  }

  @Test
  void whoOnlyEndsThePauseHasItMeasuredAgain() throws Exception {
    var seen = landmarks(measuredAgain);
    assertThat(last(seen.get(RUN))).startsWith("Inconclusive: ");
    assertThat(last(seen.get(RUN + ".1"))).isEqualTo("Successful");
    assertThat(texts(seen.get("rollouts/app step"))).containsExactly("0", "3", "0", "1", "2", "3");
  }

  @Test
  void theLimitIsHowManyEmptyAnswersAreEnduredAndAbortTakesTheCanaryBack() throws Exception {
    var seen = landmarks(takenBack);
    JsonNode errors = seen.get("analysisruns/app-7746f49889-2-2 result").path("error-rate");
    assertThat(errors.path("inconclusive").asInt()).isEqualTo(3);
    assertThat(errors.path("error").asInt()).isZero();
    assertThat(texts(seen.get("rollouts/app weights")))
        .as("weights")
        .containsExactly(
            "{\"canary\":0,\"stable\":100}",
            "{\"canary\":5,\"stable\":95}",
            "{\"canary\":0,\"stable\":100}");
  }

  @Test
  void aTemplateThatAsksForItAbortsAsItWasRecorded() throws Exception {
    List<Difference> differences = Comparison.of(annotated.recording(), landmarks(asArgo));
    var known = KnownDifferences.read(Stage.GOLDEN.resolve("differences.yaml"));
    assertThat(known.unknown(annotated.name(), differences)).isEmpty();
  }

  private static Future<Stage.Play> play(Scenario scenario) {
    return players.submit(() -> stage.play(scenario));
  }

  private static ObjectNode metric(Scenario scenario, String template) {
    return (ObjectNode) scenario.object("AnalysisTemplate", template).at("/spec/metrics/0");
  }

  private static Map<String, JsonNode> landmarks(Future<Stage.Play> playing) throws Exception {
    Stage.Play play = playing.get();
    assertThat(play.troubles()).as("troubles while it was played").isEmpty();
    assertThat(Invariant.violations(play.log())).as("invariants").isEmpty();
    return Landmarks.of(play.log());
  }

  private static String last(JsonNode sequence) {
    return texts(sequence).getLast();
  }

  private static List<String> texts(JsonNode sequence) {
    return StreamSupport.stream(sequence.spliterator(), false)
        .map(value -> value.isTextual() ? value.asText() : value.toString())
        .toList();
  }
}

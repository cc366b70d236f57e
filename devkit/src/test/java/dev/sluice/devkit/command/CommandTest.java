package dev.sluice.devkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.devkit.command.Command.Reach;
import dev.sluice.devkit.command.Command.Situation;
import dev.sluice.devkit.command.Command.Target;
import dev.sluice.devkit.command.Patch.Form;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

  private static final String STEPS =
      "{paused: %s, strategy: {canary: {steps: [{setWeight: 5}, {pause: {}}]}}}";
  private static final Command.Promote PROMOTE = new Command.Promote(Reach.NEXT);

  @Test
  void promoteClearsAPause() throws IOException {
    assertThat(
            patches(
                PROMOTE, rollout(false, "{currentStepIndex: 1, pauseConditions: [{reason: x}]}")))
        .containsExactly(status("{\"status\":{\"pauseConditions\":null}}"));
  }

  @Test
  void promoteSkipsTheStepWhereNothingIsPaused() throws IOException {
    assertThat(patches(PROMOTE, rollout(false, "{currentStepIndex: 0}")))
        .containsExactly(status("{\"status\":{\"pauseConditions\":null,\"currentStepIndex\":1}}"));
  }

  @Test
  void promoteGoesNoFurtherThanBehindTheLastStep() throws IOException {
    assertThat(patches(PROMOTE, rollout(false, "{currentStepIndex: 2}")))
        .containsExactly(status("{\"status\":{\"pauseConditions\":null,\"currentStepIndex\":2}}"));
  }

  @Test
  void promoteSkipsAnInconclusiveAnalysisThatPaused() throws IOException {
    String status =
        "{currentStepIndex: 0, controllerPause: true, pauseConditions: [{reason: x}],"
            + " canary: {currentStepAnalysisRunStatus: {status: Inconclusive}}}";
    assertThat(patches(PROMOTE, rollout(false, status)))
        .containsExactly(
            status(
                "{\"status\":{\"pauseConditions\":null,\"controllerPause\":false,"
                    + "\"currentStepIndex\":1}}"));
  }

  @Test
  void promoteAlsoEndsAHaltByTheUser() throws IOException {
    assertThat(patches(PROMOTE, rollout(true, "{pauseConditions: [{reason: x}]}")))
        .containsExactly(
            object("{\"spec\":{\"paused\":false}}"),
            status("{\"status\":{\"pauseConditions\":null}}"));
  }

  @Test
  void promoteSendsNothingToABlueGreenThatDoesNotPause() throws IOException {
    JsonNode rollout = new YAMLMapper().readTree("{spec: {strategy: {blueGreen: {}}}, status: {}}");
    assertThat(patches(PROMOTE, rollout)).isEmpty();
  }

  @Test
  void stepsAreSkippedAlthoughThePauseIsStillShown() throws IOException {
    JsonNode rollout = rollout(false, "{currentStepIndex: 0, pauseConditions: [{reason: x}]}");
    assertThat(patches(new Command.Promote(Reach.SKIP_STEP), rollout))
        .containsExactly(status("{\"status\":{\"currentStepIndex\":1}}"));
    assertThat(patches(new Command.Promote(Reach.SKIP_ALL_STEPS), rollout))
        .containsExactly(status("{\"status\":{\"currentStepIndex\":2}}"));
  }

  @Test
  void fullPromotionIsAskedForOnlyWhereARevisionIsUnderWay() throws IOException {
    var full = new Command.Promote(Reach.FULL);
    assertThat(patches(full, rollout(true, "{currentPodHash: a, stableRS: b}")))
        .containsExactly(
            object("{\"spec\":{\"paused\":false}}"), status("{\"status\":{\"promoteFull\":true}}"));
    assertThat(patches(full, rollout(false, "{currentPodHash: a, stableRS: a}"))).isEmpty();
  }

  @Test
  void theOthersAreTheSameWhateverTheObjectIsLike() throws IOException {
    JsonNode any = rollout(false, "{}");
    assertThat(patches(new Command.Abort(), any))
        .containsExactly(status("{\"status\":{\"abort\":true}}"));
    assertThat(patches(new Command.Retry(Target.ROLLOUT), any))
        .containsExactly(status("{\"status\":{\"abort\":false}}"));
    assertThat(patches(new Command.Retry(Target.EXPERIMENT), any))
        .containsExactly(object("{\"status\":null}"));
    assertThat(patches(new Command.Pause(), any))
        .containsExactly(object("{\"spec\":{\"paused\":true}}"));
    assertThat(patches(new Command.Terminate(Target.ANALYSIS_RUN), any))
        .containsExactly(object("{\"spec\":{\"terminate\":true}}"));
    assertThat(patches(new Command.Restart(), any))
        .containsExactly(object("{\"spec\":{\"restartAt\":\"2026-08-01T10:00:00Z\"}}"));
  }

  @Test
  void undoBringsTheTemplateBeforeTheNewestBackWithoutItsHash() throws IOException {
    assertThat(patches(new Command.Undo(0), rollout(false, "{}")))
        .containsExactly(operations(templateOf("v2")));
  }

  @Test
  void undoFindsARevisionByItsNumber() throws IOException {
    assertThat(patches(new Command.Undo(1), rollout(false, "{}")))
        .containsExactly(operations(templateOf("v1")));
    assertThatThrownBy(() -> patches(new Command.Undo(99), rollout(false, "{}")))
        .hasMessage("unable to find specified revision 99 in history");
  }

  @Test
  void undoHasNothingToGoBackToAfterAFirstDeployment() throws IOException {
    var situation = new Situation(rollout(false, "{}"), List.of(replicaSet(1, "u1")), NOW);
    assertThatThrownBy(() -> new Command.Undo(0).patches(situation))
        .hasMessage("no revision found to undo to");
  }

  @Test
  void anImageIsSetOnlyWhereItsContainerStillIs() throws IOException {
    assertThat(patches(new Command.SetImage("side", "s:v9"), containers()))
        .containsExactly(
            operations(
                "[{\"op\":\"test\",\"path\":\"/spec/template/spec/containers/1/name\","
                    + "\"value\":\"side\"},{\"op\":\"replace\","
                    + "\"path\":\"/spec/template/spec/containers/1/image\",\"value\":\"s:v9\"}]"));
    assertThat(patches(new Command.SetImage("*", "s:v9"), containers()).getFirst().body())
        .contains("containers/0/image", "containers/1/image");
    assertThatThrownBy(() -> patches(new Command.SetImage("nope", "x:y"), containers()))
        .hasMessage("unable to find container named \"nope\"");
  }

  @Test
  void theTemplateOfAReferencedWorkloadIsChangedThere() throws IOException {
    JsonNode deployment = new YAMLMapper().readTree("{kind: Deployment}");
    assertThat(new Command.Undo(1).patches(referring(deployment)))
        .containsExactly(workload(templateOf("v1")));

    JsonNode template =
        new YAMLMapper()
            .readTree("{kind: PodTemplate, template: {spec: {containers: [{name: main}]}}}");
    assertThat(new Command.SetImage("main", "s:v9").patches(referring(template)))
        .containsExactly(
            workload(
                "[{\"op\":\"test\",\"path\":\"/template/spec/containers/0/name\","
                    + "\"value\":\"main\"},{\"op\":\"replace\","
                    + "\"path\":\"/template/spec/containers/0/image\",\"value\":\"s:v9\"}]"));
  }

  private static Situation referring(JsonNode workload) throws IOException {
    return new Situation(
        rollout(false, "{}"), List.of(replicaSet(1, "u1"), replicaSet(2, "u1")), NOW, workload);
  }

  private static Patch workload(String body) {
    return new Patch(Patch.Form.WORKLOAD_OPERATIONS, body);
  }

  private static final Instant NOW = Instant.parse("2026-08-01T10:00:00.7Z");

  private static List<Patch> patches(Command command, JsonNode rollout) throws IOException {
    List<JsonNode> replicaSets =
        List.of(
            replicaSet(3, "u1"),
            replicaSet(1, "u1"),
            replicaSet(2, "u1"),
            replicaSet(4, "somebody-else"));
    return command.patches(new Situation(rollout, replicaSets, NOW));
  }

  private static JsonNode replicaSet(int revision, String owner) throws IOException {
    return new YAMLMapper()
        .readTree(
            """
            metadata:
              annotations: {rollout.argoproj.io/revision: "%d"}
              ownerReferences: [{uid: %s}]
            spec:
              template:
                metadata: {labels: {app: shop, rollouts-pod-template-hash: h%d}}
                spec: {containers: [{name: main, image: "shop:v%d"}]}
            """
                .formatted(revision, owner, revision, revision));
  }

  private static String templateOf(String version) {
    return "[{\"op\":\"replace\",\"path\":\"/spec/template\",\"value\":{\"metadata\":{\"labels\":"
        + "{\"app\":\"shop\"}},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"shop:"
        + version
        + "\"}]}}}]";
  }

  private static JsonNode containers() throws IOException {
    return new YAMLMapper()
        .readTree(
            "{spec: {template: {spec: {containers: [{name: main, image: 'm:v1'},"
                + " {name: side, image: 's:v1'}]}}}}");
  }

  private static JsonNode rollout(boolean paused, String status) throws IOException {
    return new YAMLMapper()
        .readTree(
            "{metadata: {uid: u1}, spec: " + STEPS.formatted(paused) + ", status: " + status + "}");
  }

  private static Patch status(String body) {
    return new Patch(Form.STATUS, body);
  }

  private static Patch object(String body) {
    return new Patch(Form.MERGE, body);
  }

  private static Patch operations(String body) {
    return new Patch(Form.OPERATIONS, body);
  }
}

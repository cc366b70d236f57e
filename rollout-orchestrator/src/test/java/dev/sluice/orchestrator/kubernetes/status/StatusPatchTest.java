package dev.sluice.orchestrator.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatusPatchTest {

  @Test
  void equalStatusesNeedNoPatch() {
    assertThat(patch("{phase: Healthy, replicas: 5}", "{phase: Healthy, replicas: 5}")).isEmpty();
  }

  @Test
  void whatIsGoneIsTakenAway() {
    assertThat(patch("{abort: true, phase: Degraded}", "{phase: Degraded}"))
        .isEqualTo(yaml("{abort: null}"));
  }

  @Test
  void whatSaysNothingMayStay() {
    assertThat(patch("{abort: false, replicas: 0, message: '', pauseConditions: []}", "{}"))
        .isEmpty();
  }

  @Test
  void membersOfOthersStay() {
    assertThat(patch("{collisionCount: 1, alb: {ingress: x}}", "{}")).isEmpty();
  }

  @Test
  void onlyWhatDiffersInsideIsSent() {
    assertThat(
            patch(
                """
                canary:
                  weights: {canary: {weight: 5}, stable: {weight: 95}}
                  currentStepAnalysisRunStatus: {name: a}
                """,
                "{canary: {weights: {canary: {weight: 20}, stable: {weight: 95}}}}"))
        .isEqualTo(
            yaml(
                """
                canary: {weights: {canary: {weight: 20}}, currentStepAnalysisRunStatus: null}
                """));
  }

  @Test
  void emptyStructuresAreWritten() {
    assertThat(patch("{}", "{blueGreen: {}}")).isEqualTo(yaml("{blueGreen: {}}"));
  }

  @Test
  void whatAnApiServerWritesInAnotherWayIsTheSame() {
    String seen =
        "{canary: {stepPluginStatuses: [{index: 1, status: {share: 1, jobs: [{id: 7}]}}]}}";
    String wanted =
        "{canary: {stepPluginStatuses: [{index: 1, status: {share: 1.0, jobs: [{id: 7, at: null}]}}]}}";
    assertThat(patch(seen, wanted)).isEmpty();
    assertThat(patch(seen, wanted.replace("id: 7", "id: 8"))).isNotEmpty();
    assertThat(patch(seen, wanted.replace("[{id: 7, at: null}]", "[]"))).isNotEmpty();
  }

  @Test
  void listsAreReplacedAsAWhole() {
    assertThat(patch("{pauseConditions: [{reason: a}]}", "{pauseConditions: [{reason: b}]}"))
        .isEqualTo(yaml("{pauseConditions: [{reason: b}]}"));
  }

  @Test
  void progressAloneIsNotWorthAWriting() {
    assertThat(
            patch(
                "{conditions: [{type: Progressing, lastUpdateTime: a}]}",
                "{conditions: [{type: Progressing, lastUpdateTime: b}]}"))
        .isEmpty();
  }

  @Test
  void progressIsShownWithOtherNews() {
    assertThat(
            patch(
                "{conditions: [{type: Progressing, lastUpdateTime: a}]}",
                "{replicas: 1, conditions: [{type: Progressing, lastUpdateTime: b}]}"))
        .isEqualTo(yaml("{replicas: 1, conditions: [{type: Progressing, lastUpdateTime: b}]}"));
  }

  private static ObjectNode patch(String seen, String wanted) {
    return StatusPatch.between(yaml(seen), (ObjectNode) yaml(wanted));
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.sluice.devkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PatchTest {

  private static final String STEPS =
      "{paused: %s, strategy: {canary: {steps: [{setWeight: 5}, {pause: {}}]}}}";

  @Test
  void promoteClearsAPause() throws IOException {
    assertThat(
            Patch.promote(rollout(false, "{currentStepIndex: 1, pauseConditions: [{reason: x}]}")))
        .containsExactly(new Patch(true, "{\"status\":{\"pauseConditions\":null}}"));
  }

  @Test
  void promoteSkipsTheStepWhereNothingIsPaused() throws IOException {
    assertThat(Patch.promote(rollout(false, "{currentStepIndex: 0}")))
        .containsExactly(
            new Patch(true, "{\"status\":{\"pauseConditions\":null,\"currentStepIndex\":1}}"));
  }

  @Test
  void promoteGoesNoFurtherThanBehindTheLastStep() throws IOException {
    assertThat(Patch.promote(rollout(false, "{currentStepIndex: 2}")))
        .containsExactly(
            new Patch(true, "{\"status\":{\"pauseConditions\":null,\"currentStepIndex\":2}}"));
  }

  @Test
  void promoteSkipsAnInconclusiveAnalysisThatPaused() throws IOException {
    String status =
        "{currentStepIndex: 0, controllerPause: true, pauseConditions: [{reason: x}],"
            + " canary: {currentStepAnalysisRunStatus: {status: Inconclusive}}}";
    assertThat(Patch.promote(rollout(false, status)))
        .containsExactly(
            new Patch(
                true,
                "{\"status\":{\"pauseConditions\":null,\"controllerPause\":false,"
                    + "\"currentStepIndex\":1}}"));
  }

  @Test
  void promoteAlsoEndsAHaltByTheUser() throws IOException {
    assertThat(Patch.promote(rollout(true, "{pauseConditions: [{reason: x}]}")))
        .containsExactly(
            new Patch(false, "{\"spec\":{\"paused\":false}}"),
            new Patch(true, "{\"status\":{\"pauseConditions\":null}}"));
  }

  @Test
  void fullPromotionIsAskedForOnlyWhereARevisionIsUnderWay() throws IOException {
    assertThat(Patch.promoteFully(rollout(false, "{currentPodHash: a, stableRS: b}")))
        .containsExactly(new Patch(true, "{\"status\":{\"promoteFull\":true}}"));
    assertThat(Patch.promoteFully(rollout(false, "{currentPodHash: a, stableRS: a}"))).isEmpty();
  }

  private static JsonNode rollout(boolean paused, String status) throws IOException {
    return new YAMLMapper()
        .readTree("{spec: " + STEPS.formatted(paused) + ", status: " + status + "}");
  }
}

package dev.sluice.orchestrator.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.StatusView.Condition;
import dev.sluice.orchestrator.Timing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusProjectionTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:10Z");
  private static final String BEFORE = "2025-12-31T00:00:00Z";

  @Test
  void aPausedUpdateLooksAsToolsReadIt() {
    StatusView view =
        new StatusView(
            false,
            null,
            List.of(new PauseCondition(PauseCondition.Reason.STEP, START, null)),
            "v2",
            "s1",
            1,
            3,
            6,
            1,
            6,
            6,
            "app=app",
            List.of(),
            new StatusView.ShownRun("app-v2-2-1", null, ""),
            null,
            "",
            new StatusView.Weights(5, 95, "app-canary", "app-stable", "v2", "v1"),
            "v1",
            false,
            null,
            "Paused",
            "CanaryPauseStep",
            new Timing(START, START, Duration.ofMillis(1500), null, ""),
            3,
            List.of(),
            "");
    assertThat(project(view))
        .isEqualTo(
            yaml(
                """
                pauseConditions: [{reason: CanaryPauseStep, startTime: "2026-01-01T00:00:00Z"}]
                controllerPause: true
                currentPodHash: v2
                currentStepHash: s1
                replicas: 6
                updatedReplicas: 1
                readyReplicas: 6
                availableReplicas: 6
                HPAReplicas: 6
                currentStepIndex: 1
                observedGeneration: "3"
                conditions: []
                canary:
                  currentStepAnalysisRunStatus: {name: app-v2-2-1, status: ""}
                  weights:
                    canary: {weight: 5, serviceName: app-canary, podTemplateHash: v2}
                    stable: {weight: 95, serviceName: app-stable, podTemplateHash: v1}
                blueGreen: {}
                selector: app=app
                stableRS: v1
                phase: Paused
                message: CanaryPauseStep
                duration:
                  rolloutStartedAt: "2026-01-01T00:00:00Z"
                  manualPauseStartedAt: "2026-01-01T00:00:00Z"
                  totalManualPauseDurationSeconds: 1
                workloadObservedGeneration: "3"
                """));
  }

  @Test
  void anAbortedUpdateSaysSinceWhen() {
    StatusView view =
        new StatusView(
            true,
            START,
            List.of(),
            "v2",
            "s1",
            0,
            3,
            0,
            0,
            0,
            0,
            "",
            List.of(),
            new StatusView.ShownRun("r", AnalysisPhase.FAILED, "too many"),
            new StatusView.ShownRun("b", AnalysisPhase.RUNNING, ""),
            "app-v2-2-0",
            null,
            "v1",
            false,
            null,
            "Degraded",
            "RolloutAborted: x",
            new Timing(START, null, Duration.ZERO, LATER, "Aborted"),
            0,
            List.of(),
            "");
    assertThat(project(view))
        .isEqualTo(
            yaml(
                """
                abort: true
                abortedAt: "2026-01-01T00:00:00Z"
                currentPodHash: v2
                currentStepHash: s1
                currentStepIndex: 0
                observedGeneration: "3"
                conditions: []
                canary:
                  currentStepAnalysisRunStatus: {name: r, status: Failed, message: too many}
                  currentBackgroundAnalysisRunStatus: {name: b, status: Running}
                  currentExperiment: app-v2-2-0
                blueGreen: {}
                stableRS: v1
                phase: Degraded
                message: 'RolloutAborted: x'
                duration:
                  rolloutStartedAt: "2026-01-01T00:00:00Z"
                  finishedAt: "2026-01-01T00:00:10Z"
                  completionStatus: Aborted
                """));
  }

  @Test
  void aRolloutThatWasNeverValidShowsNothingButThat() {
    StatusView view =
        new StatusView(
            false,
            null,
            List.of(),
            "",
            "",
            -1,
            1,
            0,
            0,
            0,
            0,
            "",
            List.of(new Condition("InvalidSpec", "True", "InvalidSpec", "wrong")),
            null,
            null,
            "",
            null,
            "",
            false,
            null,
            "Degraded",
            "InvalidSpec: wrong",
            Timing.NONE,
            0,
            List.of(),
            "");
    assertThat(project(view))
        .isEqualTo(
            yaml(
                """
                observedGeneration: "1"
                conditions:
                  - type: InvalidSpec
                    status: "True"
                    reason: InvalidSpec
                    message: wrong
                    lastUpdateTime: "2026-01-01T00:00:10Z"
                    lastTransitionTime: "2026-01-01T00:00:10Z"
                phase: Degraded
                message: 'InvalidSpec: wrong'
                """));
  }

  @Test
  void aConditionKeepsItsTimesWhileItStays() {
    assertThat(merged(new Condition("Available", "True", "A", "m")))
        .isEqualTo(times(BEFORE, BEFORE));
  }

  @Test
  void anotherReasonMovesTheUpdateTimeOnly() {
    assertThat(merged(new Condition("Available", "True", "B", "m")))
        .isEqualTo(times("2026-01-01T00:00:10Z", BEFORE));
  }

  @Test
  void anotherMessageMovesTheUpdateTimeOnly() {
    assertThat(merged(new Condition("Available", "True", "A", "other")))
        .isEqualTo(times("2026-01-01T00:00:10Z", BEFORE));
  }

  @Test
  void anotherStatusMovesBothTimes() {
    assertThat(merged(new Condition("Available", "False", "A", "m")))
        .isEqualTo(times("2026-01-01T00:00:10Z", "2026-01-01T00:00:10Z"));
  }

  @Test
  void progressMovesTheUpdateTimeOfProgressing() {
    assertThat(merged(new Condition("Progressing", "True", "A", "m")))
        .isEqualTo(times("2026-01-01T00:00:00Z", BEFORE));
  }

  // Against a condition of the same type that is True, for A, with m.
  private static List<String> merged(Condition condition) {
    JsonNode before =
        yaml(
            """
            conditions:
              - {type: %s, status: "True", reason: A, message: m,
                 lastUpdateTime: "%s", lastTransitionTime: "%s"}
            """
                .formatted(condition.type(), BEFORE, BEFORE));
    JsonNode merged = ConditionTimes.merge(List.of(condition), before, START, LATER).get(0);
    return times(
        merged.path("lastUpdateTime").asText(), merged.path("lastTransitionTime").asText());
  }

  private static List<String> times(String updated, String changed) {
    return List.of(updated, changed);
  }

  // Read back from text, so that numbers have the types that a parser gives them.
  private static JsonNode project(StatusView view) {
    return yaml(StatusProjection.of(view, yaml("{}"), START, LATER).toString());
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

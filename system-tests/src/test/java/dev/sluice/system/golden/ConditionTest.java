package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ConditionTest {

  private static final String ROLLOUT =
      """
      metadata: {name: app, generation: 2, annotations: {rollout.argoproj.io/revision: "2"}}
      status: {observedGeneration: "%s", phase: Paused, message: CanaryPauseStep,
        currentStepIndex: 1, stableRS: a, currentPodHash: b, replicas: 4, updatedReplicas: 1,
        availableReplicas: 3}
      """;

  @Test
  void everythingThatIsWantedMustHold() {
    assertThat(
            holds(
                "{rollout: app, phase: Paused, message: CanaryPauseStep, step: 1, revision: 2,"
                    + " abort: false, stable: false, replicas: 4, updated: 1, available: 3}"))
        .isTrue();
    for (String wrong :
        new String[] {
          "rollout: ap",
          "rollout: app, phase: Healthy",
          "rollout: app, message: Canary",
          "rollout: app, step: 0",
          "rollout: app, revision: 1",
          "rollout: app, abort: true",
          "rollout: app, stable: true",
          "rollout: app, replicas: 3",
          "rollout: app, updated: 2",
          "rollout: app, available: 4"
        }) {
      assertThat(holds("{" + wrong + "}")).as(wrong).isFalse();
    }
  }

  @Test
  void aMessageCanBeAnExpression() {
    assertThat(holds("{rollout: app, message: '~Pause'}")).isTrue();
    assertThat(holds("{rollout: app, message: '~^Pause'}")).isFalse();
  }

  @Test
  void aStatusOfAnEarlierGenerationSaysNothing() {
    Condition paused = condition("{rollout: app, phase: Paused}");
    assertThat(paused.holds(json(ROLLOUT.formatted(2)))).isTrue();
    assertThat(paused.holds(json(ROLLOUT.formatted(1)))).isFalse();
  }

  @Test
  void theNamesOfOthersAreExpressions() {
    JsonNode run = json("{metadata: {name: app-5-2}, status: {phase: Running}}");
    assertThat(condition("{analysisrun: app-, phase: Running}").holds(run)).isTrue();
    assertThat(condition("{analysisrun: ^pp-, phase: Running}").holds(run)).isFalse();
    assertThat(condition("{analysisrun: app-, phase: Failed}").holds(run)).isFalse();
  }

  @Test
  void aReplicaSetIsFoundByTheEndOfItsImage() {
    JsonNode set =
        json(
            "{metadata: {name: app-1}, spec: {replicas: 0, template: {spec: {containers:"
                + " [{image: 'r/app:v2'}]}}}}");
    assertThat(condition("{replicaset: app-, image: v2, replicas: 0}").holds(set)).isTrue();
    assertThat(condition("{replicaset: app-, image: v1, replicas: 0}").holds(set)).isFalse();
    assertThat(condition("{replicaset: app-, image: v2, replicas: 1}").holds(set)).isFalse();
  }

  @Test
  void anUnknownWordIsRefused() {
    assertThatThrownBy(() -> condition("{rollout: app, color: red}"))
        .hasMessageContaining("nobody can wait for");
  }

  private static boolean holds(String wait) {
    return condition(wait).holds(json(ROLLOUT.formatted(2)));
  }

  private static Condition condition(String wait) {
    return Condition.of(json(wait));
  }

  private static JsonNode json(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

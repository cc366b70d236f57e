package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final JsonNode NOTHING = MissingNode.getInstance();

  @Test
  void theOrderOfWeightsAndRestStatesCounts() {
    assertThat(compare("{rollouts/app weights: [1, 2]}", "{rollouts/app weights: [2, 1]}"))
        .containsExactly(
            new Difference("rollouts/app weights", "", json("[1, 2]"), json("[2, 1]")));
    assertThat(compare("{rollouts/app step: [0, 1, 2]}", "{rollouts/app step: [0, 2]}")).hasSize(1);
  }

  @Test
  void numbersOfPodsMayBeOthersBetweenTheFirstAndTheLast() {
    assertThat(compare("{replicasets/a: [0, 1, 2, 3]}", "{replicasets/a: [0, 3]}")).isEmpty();
    assertThat(compare("{replicasets/a: [0, 3]}", "{replicasets/a: [0, 2, 3]}")).isEmpty();
    assertThat(compare("{replicasets/a: [0, 1, 3]}", "{replicasets/a: [0, 1]}"))
        .containsExactly(new Difference("replicasets/a", "", json("[0, 3]"), json("[0, 1]")));
  }

  @Test
  void timesAreComparedByPresence() {
    assertThat(
            compare(
                "{s: {at: T+5, duration: {totalManualPauseDurationSeconds: 2}}}",
                "{s: {at: '2026-08-01T10:00:00Z', duration: {totalManualPauseDurationSeconds: 9}}}"))
        .isEmpty();
    assertThat(compare("{s: {at: T+5}}", "{s: {}}"))
        .containsExactly(new Difference("s", "/at", json("some time"), NOTHING));
  }

  @Test
  void anAbsentFieldIsNotAnEmptyOne() {
    assertThat(compare("{s: {blueGreen: {}}}", "{s: {}}"))
        .containsExactly(new Difference("s", "/blueGreen", json("{}"), NOTHING));
  }

  @Test
  void conditionsAreFoundByTheirType() {
    assertThat(
            compare(
                "{s: {conditions: [{type: A, status: 'True'}, {type: B, status: 'True'}]}}",
                "{s: {conditions: [{type: B, status: 'False'}, {type: A, status: 'True'}]}}"))
        .containsExactly(
            new Difference("s", "/conditions/B/status", json("'True'"), json("'False'")));
  }

  @Test
  void recordedEventsMustBeThereAndOthersMay() {
    assertThat(compare("{events/Rollout/a: [x]}", "{events/Rollout/a: [w, x, y]}")).isEmpty();
    assertThat(compare("{events/Rollout/a: [x, z]}", "{events/Rollout/a: [x]}"))
        .containsExactly(new Difference("events/Rollout/a", "", json("z"), NOTHING));
  }

  @Test
  void aLandmarkThatNobodyRecordedIsADifference() {
    assertThat(compare("{}", "{replicasets/b: [0]}"))
        .containsExactly(new Difference("replicasets/b", "", NOTHING, json("[0]")));
  }

  @Test
  void whatVariedIsNotComparedButForAServiceThatFlipped() {
    var recording =
        new Recording(
            Map.of(),
            landmarks("{r: [[1], [2]], services/c: [[p, s, c, s, c, s], [p, s, c, s, c]]}"),
            Set.of());
    assertThat(Comparison.of(recording, landmarks("{r: [3], services/c: [p, s, c, s]}"))).isEmpty();
    assertThat(Comparison.of(recording, landmarks("{r: [3], services/c: [p, s, c, s, c]}")))
        .containsExactly(
            new Difference("services/c", "", json("[p, s, c, s]"), json("[p, s, c, s, c]")));
  }

  @Test
  void whatTheRecordedReleaseLacksIsNotCompared() {
    var recording =
        new Recording(landmarks("{a final status: {b: 1}}"), Map.of(), Set.of("/duration"));
    assertThat(Comparison.of(recording, landmarks("{a final status: {b: 1, duration: {from: 3}}}")))
        .isEmpty();
    assertThat(Comparison.of(recording, landmarks("{a final status: {b: 1, other: 3}}")))
        .hasSize(1);
  }

  private static List<Difference> compare(String recorded, String seen) {
    return Comparison.of(new Recording(landmarks(recorded), Map.of(), Set.of()), landmarks(seen));
  }

  private static Map<String, JsonNode> landmarks(String yaml) {
    var landmarks = new HashMap<String, JsonNode>();
    json(yaml).properties().forEach(field -> landmarks.put(field.getKey(), field.getValue()));
    return landmarks;
  }

  private static JsonNode json(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

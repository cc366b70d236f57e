package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.system.golden.Observed.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LandmarksTest {

  private static final Path TRACES =
      Path.of(System.getProperty("golden.traces", "src/test/resources/golden-traces"));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> aRecordedTraceComesToItsRecordedLandmarks() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> all = Files.list(TRACES)) {
      all.filter(Files::isDirectory).sorted().forEach(folders::add);
    }
    assertThat(folders).hasSizeGreaterThanOrEqualTo(6);
    return folders.stream()
        .map(folder ->
            DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  // A recorded event was seen in two of three runs, so that one of them may miss it in its trace.
  private static void check(Path folder) {
    Map<String, JsonNode> found = Landmarks.of(Recording.trace(folder.resolve("trace.jsonl.gz")));
    Recording recording = Recording.read(folder);

    assertThat(withoutTimes(found, recording))
        .containsExactlyEntriesOf(withoutTimes(recording.same(), recording));
    recording
        .same()
        .forEach((name, landmark) -> {
          if (name.startsWith("events/")) {
            var missing = new TreeSet<String>();
            landmark.forEach(message -> missing.add(message.asText()));
            found
                .getOrDefault(name, MAPPER.createArrayNode())
                .forEach(m -> missing.remove(m.asText()));
            assertThat(missing).as(name).hasSizeLessThanOrEqualTo(1);
          }
        });
  }

  private static Map<String, JsonNode> withoutTimes(
      Map<String, JsonNode> landmarks, Recording recording) {
    var comparable = new TreeMap<String, JsonNode>();
    landmarks.forEach((name, landmark) -> {
      if (!recording.varies().containsKey(name) && !name.startsWith("events/")) {
        comparable.put(name, Times.byPresence(landmark));
      }
    });
    return comparable;
  }

  @Test
  void aValueThatStaysIsToldOnceAndOneThatComesBackTwice() throws IOException {
    assertThat(
            Landmarks.of(
                List.of(
                    replicas(Change.ADDED, 0),
                    replicas(Change.MODIFIED, 3),
                    replicas(Change.MODIFIED, 3),
                    replicas(Change.MODIFIED, 0),
                    replicas(Change.DELETED, 0))))
        .containsExactly(Map.entry("replicasets/app-1", MAPPER.readTree("[0, 3, 0, \"deleted\"]")));
  }

  @Test
  void aRolloutIsAtRestOnlyInARestingPhase() throws IOException {
    assertThat(
            Landmarks.of(
                List.of(
                    rollout("{\"phase\": \"Progressing\", \"currentStepIndex\": 0}"),
                    rollout("{\"phase\": \"Paused\", \"message\": \"x\", \"currentStepIndex\": 1}"),
                    rollout("{\"phase\": \"Degraded\", \"abort\": true}"))))
        .containsEntry(
            "rollouts/app at rest",
            MAPPER.readTree(
                "[{\"phase\": \"Paused\", \"message\": \"x\", \"step\": 1},"
                    + " {\"phase\": \"Degraded\", \"abort\": true}]"))
        .containsEntry("rollouts/app step", MAPPER.readTree("[0, 1]"))
        .containsEntry(
            "rollouts/app final status",
            MAPPER.readTree("{\"phase\": \"Degraded\", \"abort\": true}"));
  }

  @Test
  void aDeletedRolloutHasNoFinalStatus() throws IOException {
    Observed gone = rollout("{\"phase\": \"Healthy\"}");
    assertThat(
            Landmarks.of(List.of(gone, new Observed(2, Change.DELETED, "rollouts", gone.object()))))
        .doesNotContainKey("rollouts/app final status");
  }

  private static Observed replicas(Change change, int replicas) throws IOException {
    return new Observed(
        1,
        change,
        "replicasets",
        MAPPER.readTree("{\"name\": \"app-1\", \"replicas\": " + replicas + "}"));
  }

  private static Observed rollout(String status) throws IOException {
    return new Observed(
        1,
        Change.MODIFIED,
        "rollouts",
        MAPPER.readTree("{\"name\": \"app\", \"status\": " + status + "}"));
  }
}

package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDifferencesTest {

  private static final JsonNode NOTHING = MissingNode.getInstance();

  @TempDir Path folder;

  @Test
  void aDifferenceIsMeantOnlyWhereItIsListedAndOnlyAsItIsListed() throws IOException {
    var known =
        read("- {scenario: one, landmark: a, at: /b, ours: 2, reason: because two is better}");
    Difference meant = difference("a", "/b", 2);

    assertThat(known.unknown("one", List.of(meant))).isEmpty();
    assertThat(known.unknown("two", List.of(meant))).containsExactly(meant);
    for (Difference other :
        List.of(
            difference("a", "/b", 3),
            difference("a", "/c", 2),
            difference("b", "/b", 2),
            new Difference("a", "/b", IntNode.valueOf(1), NOTHING))) {
      assertThat(known.unknown("one", List.of(other))).containsExactly(other);
    }
  }

  @Test
  void oneThatDoesNotOccurIsStale() throws IOException {
    var known =
        read(
            """
            - {scenario: '*', landmark: a, ours: 2, reason: because}
            - {scenario: one, landmark: b, ours: null, reason: because}
            - {scenario: one, landmark: c, ours: null, sometimes: true, reason: because}
            """);
    known.unknown("one", List.of(difference("a", "", 2)));

    assertThat(known.stale()).extracting(KnownDifferences.Known::landmark).containsExactly("b");
  }

  @Test
  void anExpressionCoversAllThatItMatches() throws IOException {
    var known =
        read(
            "- {scenario: '~nginx-.*', landmark: events/Rollout/app, recorded: '~Normal Add.*',"
                + " ours: null, reason: because}");
    var missing =
        new Difference("events/Rollout/app", "", TextNode.valueOf("Normal Added: x"), NOTHING);
    var other = new Difference("events/Rollout/app", "", TextNode.valueOf("Normal: y"), NOTHING);

    assertThat(known.unknown("nginx-basic", List.of(missing, other))).containsExactly(other);
    assertThat(known.unknown("canary-undo", List.of(missing))).containsExactly(missing);
  }

  @Test
  void ofAnObjectAllIsCoveredThatIsSaidOfIt() throws IOException {
    var known =
        read(
            "- {scenario: one, landmark: a, at: /x, ours: {b: 2, c: null, d: {e: 3}},"
                + " reason: because}");

    assertThat(
            known.unknown(
                "one",
                List.of(
                    difference("a", "/x/b", 2),
                    new Difference("a", "/x/c", IntNode.valueOf(1), NOTHING),
                    difference("a", "/x/d/e", 3))))
        .isEmpty();
    var unsaid = new Difference("a", "/x/f", IntNode.valueOf(1), NOTHING);
    var present = difference("a", "/x/c", 1);
    assertThat(known.unknown("one", List.of(unsaid, present))).containsExactly(unsaid, present);
  }

  @Test
  void oneWithoutAReasonOrWithoutWhatWeHaveIsRefused() {
    assertThatThrownBy(() -> read("- {scenario: one, landmark: a, ours: 2}"))
        .hasMessageContaining("without reason");
    assertThatThrownBy(() -> read("- {scenario: one, landmark: a, ours: 2, reason: ' '}"))
        .hasMessageContaining("without reason");
    assertThatThrownBy(() -> read("- {scenario: one, landmark: a, reason: because}"))
        .hasMessageContaining("without ours");
  }

  @Test
  void theListOfTheScenariosCanBeRead() {
    var list = KnownDifferences.read(Path.of("src/test/resources/golden/differences.yaml"));

    assertThat(list.stale()).isNotEmpty();
  }

  private KnownDifferences read(String yaml) throws IOException {
    return KnownDifferences.read(Files.writeString(folder.resolve("differences.yaml"), yaml));
  }

  private static Difference difference(String landmark, String path, int seen) {
    return new Difference(landmark, path, IntNode.valueOf(1), IntNode.valueOf(seen));
  }
}

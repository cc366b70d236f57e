package dev.sluice.orchestrator.kubernetes.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Each row of {@code changes.yaml} is a claim about what a difference means. */
class ForeignChangesTest {

  private static final Path TABLE = Path.of("src/test/resources/kubernetes/command/changes.yaml");

  static Stream<Arguments.ArgumentSet> rows() throws IOException {
    List<Arguments.ArgumentSet> rows = new ArrayList<>();
    // Not by Jackson: its trees know no anchors.
    JsonNode table = new ObjectMapper().valueToTree(new Yaml().load(Files.readString(TABLE)));
    for (JsonNode row : table) {
      List<CommandFields> ours = new ArrayList<>();
      row.path("ours").forEach(each -> ours.add(CommandFields.of(each)));
      List<String> commands = new ArrayList<>();
      row.path("commands").forEach(each -> commands.add(each.asText()));
      rows.add(
          Arguments.argumentSet(
              row.path("name").asText(),
              ours,
              CommandFields.of(row.path("seen")),
              CommandFields.of(row.path("would")),
              commands));
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void means(
      List<CommandFields> ours, CommandFields seen, CommandFields would, List<String> commands) {
    assertThat(ForeignChanges.commands(ours, seen, would))
        .extracting(change -> change.command().text())
        .containsExactlyElementsOf(commands);
  }
}

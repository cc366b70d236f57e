package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A row of {@code commands.yaml}: what is sent, what the cluster then shows, and how the log
 * answers.
 *
 * @param name what it claims
 * @param objects that are there at the start
 * @param doings what is done then, in order
 * @param answers of the log; {@code ~} begins a regular expression
 */
record CommandRow(
    String name, List<ObjectNode> objects, List<Doing> doings, List<Pattern> answers) {

  private static final Path TABLE = Path.of("src/test/resources/commands.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Something that is done. */
  sealed interface Doing {

    /** As a scenario does it. */
    record Play(Input input) implements Doing {}

    /** A record of {@code rollout.commands}; who sends it fills in the rest. */
    record Send(ObjectNode command) implements Doing {

      /** The command for this Rollout. */
      RolloutCommand to(String uid) {
        ObjectNode message = command.deepCopy();
        message
            .put("id", command.path("id").asText(UUID.randomUUID().toString()))
            .put("uid", uid)
            .put("actor", "erika@example.com")
            .put("at", Instant.now().toString());
        return MessageCodec.mapper().convertValue(message, RolloutCommand.class);
      }

      /** The same about this run. */
      Send about(String run) {
        ObjectNode other = command.deepCopy();
        other.withObjectProperty("argument").put("name", run);
        return new Send(other);
      }

      boolean isAboutTheNewestRun() {
        return command.at("/argument/name").asText().equals(Player.NEWEST_RUN);
      }
    }
  }

  /**
   * Reads the table.
   *
   * @param provider host and port of the scripted metric provider
   */
  static List<CommandRow> all(String provider) {
    try {
      String text = Files.readString(TABLE).replace(Scenario.RECORDED_PROVIDER, provider);
      JsonNode table = YAML.readTree(text);
      List<CommandRow> rows = new ArrayList<>();
      table.path("rows").forEach(row -> rows.add(of(row, table.path("objects"))));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }

  private static CommandRow of(JsonNode row, JsonNode shared) {
    List<ObjectNode> objects = new ArrayList<>();
    shared.forEach(object -> objects.add(object.deepCopy()));
    ObjectNode canary = (ObjectNode) objects.getLast().at("/spec/strategy/canary");
    canary.set("steps", row.get("steps"));
    List<Doing> doings = new ArrayList<>();
    for (JsonNode each : row.path("do")) {
      doings.add(
          each.has("send")
              ? new Doing.Send((ObjectNode) each.get("send"))
              : new Doing.Play(Input.of(each)));
    }
    List<Pattern> answers = new ArrayList<>();
    row.path("answers").forEach(answer -> answers.add(expression(answer.asText())));
    return new CommandRow(row.path("row").asText(), objects, doings, answers);
  }

  private static Pattern expression(String answer) {
    return answer.startsWith("~")
        ? Pattern.compile(answer.substring(1))
        : Pattern.compile(Pattern.quote(answer));
  }
}

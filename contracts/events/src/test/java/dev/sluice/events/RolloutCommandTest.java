package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.RolloutCommand.Action;
import dev.sluice.events.RolloutCommand.Argument;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ABORT     | {\"kind\": \"Revision\", \"number\": 1} | ABORT takes no Revision",
        "UNDO      | {\"kind\": \"Run\", \"name\": \"r\"}       | UNDO takes no Run",
        "RESTART   | {\"kind\": \"Revision\", \"number\": 1} | RESTART takes no Revision",
        "SET_IMAGE | null                                 | SET_IMAGE needs an argument",
        "TERMINATE | null                                 | TERMINATE needs an argument"
      })
  void anArgumentThatIsNotTheActionsIsNoCommand(String action, String argument, String why) {
    String json =
        """
        {"id": "c", "uid": "u", "action": "%s", "actor": "a", "at": "2026-01-01T00:00:00Z",
         "argument": %s}
        """
            .formatted(action, argument);
    assertThatThrownBy(() -> MessageCodec.mapper().readValue(json, RolloutCommand.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anActionThatNobodyKnowsIsNoCommand() {
    String json =
        """
        {"id": "c", "uid": "u", "action": "EXPLODE", "actor": "a", "at": "2026-01-01T00:00:00Z"}
        """;
    assertThatThrownBy(() -> MessageCodec.mapper().readValue(json, RolloutCommand.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("EXPLODE");
  }

  @Test
  void aCommandWithoutAnIdIsNone() {
    assertThatThrownBy(() -> new RolloutCommand(" ", "u", Action.ABORT, "a", Instant.EPOCH))
        .hasMessage("a command needs an id");
  }

  @Test
  void undoAndRestartMayLeaveItOpen() {
    assertThat(new RolloutCommand("c", "u", Action.UNDO, "a", Instant.EPOCH).argument()).isNull();
    assertThat(
            new RolloutCommand("c", "u", Action.UNDO, "a", Instant.EPOCH, new Argument.Revision(3))
                .argument())
        .isEqualTo(new Argument.Revision(3));
    assertThat(new RolloutCommand("c", "u", Action.RESTART, "a", Instant.EPOCH).argument())
        .isNull();
  }
}

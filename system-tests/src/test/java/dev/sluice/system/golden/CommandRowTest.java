package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutCommand.Action;
import dev.sluice.system.golden.CommandRow.Doing;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRowTest {

  private final List<CommandRow> rows = CommandRow.all("127.0.0.1:1");

  @Test
  void everyActionIsSentByARow() {
    assertThat(sent()).extracting(RolloutCommand::action).contains(Action.values());
  }

  @Test
  void everyRowHasANameOfItsOwnAndItsSteps() {
    assertThat(rows).extracting(CommandRow::name).doesNotHaveDuplicates().doesNotContain("");
    assertThat(rows)
        .allSatisfy(row ->
            assertThat(row.objects().getLast().at("/spec/strategy/canary/steps").isArray())
                .isTrue());
  }

  private List<RolloutCommand> sent() {
    return rows.stream()
        .flatMap(row -> row.doings().stream())
        .filter(Doing.Send.class::isInstance)
        .map(doing -> ((Doing.Send) doing).to("u"))
        .toList();
  }
}

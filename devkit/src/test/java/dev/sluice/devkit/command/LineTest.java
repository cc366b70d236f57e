package dev.sluice.devkit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.devkit.command.RolloutCommands.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

  @Test
  void readsNamespaceAndKubeconfigOnEitherSideOfTheName() {
    var expected = new Line("promote", "checkout", "production", "k", true);

    assertThat(parse("promote checkout -n production --kubeconfig k --full")).isEqualTo(expected);
    assertThat(parse("promote --full --namespace production --kubeconfig k checkout"))
        .isEqualTo(expected);
  }

  @Test
  void saysHowACommandIsWritten() {
    assertThatThrownBy(() -> parse("abort")).hasMessageStartingWith("usage: sluice abort NAME [-n");
    assertThatThrownBy(() -> parse("abort a b")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort a --full")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort --fast")).hasMessageStartingWith("usage");
    assertThatThrownBy(() -> parse("abort a -n")).hasMessage("-n needs a value");
  }

  private static Line parse(String line) {
    return Line.parse(List.of(line.split(" ")));
  }
}

package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulateTest {

  private static final String AGAIN = "again: ./sluice simulate ";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void ofWhatBreaksAShortTraceIsPrintedWhichCanBePlayedAgain() {
    boolean sound = simulate("--seeds", "3000", "--without", "FENCE_CHECK", "--ask", "I15");

    assertThat(sound).isFalse();
    List<String> lines = lines();
    String verdict = lines.get(lines.size() - 2);
    assertThat(verdict).contains(" breaks I15 in mode SAFETY: I15: the route goes from ");
    assertThat(lines).filteredOn(line -> line.startsWith("T+")).hasSizeBetween(3, 90);

    said.reset();
    String[] again = lines.getLast().substring(AGAIN.length()).split(" ");
    assertThat(simulate(again)).isFalse();
    assertThat(lines()).contains(verdict);
  }

  @Test
  void whereNothingBreaksThatIsSaid() {
    assertThat(simulate("--seeds", "20", "--from", "5")).isTrue();
    assertThat(lines()).containsExactly("nothing broke in 20 seeds, from 5");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> simulate("--sedes", "20"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such option: --sedes");
  }

  private boolean simulate(String... arguments) {
    return Simulate.run(new PrintStream(said, true, StandardCharsets.UTF_8), arguments);
  }

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }
}

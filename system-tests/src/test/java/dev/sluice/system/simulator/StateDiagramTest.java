package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The diagram of how an update moves is what the simulator visits, not what somebody drew. Written
 * anew with {@code -Dsluice.update=true}.
 */
class StateDiagramTest {

  private static final Path PAGE = Path.of("../docs/states-orchestrator.md");
  private static final int SEEDS = 500;

  @Test
  void thePageShowsTheMovesThatAreVisited() throws IOException {
    String page = page(moves());
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  private static Map<String, SortedSet<String>> moves() {
    Coverage coverage = new Coverage();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, Guards.ALL, false);
      simulation.run();
      coverage.add(simulation.coverage());
    }
    Map<String, SortedSet<String>> signals = new TreeMap<>();
    coverage
        .moves()
        .keySet()
        .forEach(move -> {
          if (!move.from().equals(move.to())) {
            signals
                .computeIfAbsent(move.from() + " --> " + move.to(), _ -> new TreeSet<>())
                .add(move.signal());
          }
        });
    return signals;
  }

  private static String page(Map<String, SortedSet<String>> moves) {
    StringBuilder page = new StringBuilder();
    page.append("# How an update moves\n\n");
    page.append("What the simulator visits in its first ").append(SEEDS).append(" seeds; ");
    page.append("compared in the build, not drawn by hand. The states are those of `Progress`. ");
    page.append("Several steps may follow from one signal, so a move can pass over states.\n\n");
    page.append("```mermaid\nstateDiagram-v2\n");
    moves.keySet().forEach(move -> page.append("  ").append(move).append('\n'));
    page.append("```\n\n| move | on |\n|---|---|\n");
    moves.forEach((move, on) ->
        page.append("| ")
            .append(move.replace("-->", "→"))
            .append(" | ")
            .append(String.join(", ", on))
            .append(" |\n"));
    return page.toString();
  }
}

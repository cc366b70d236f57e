package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
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

  @Test
  void thePageShowsTheMovesThatAreVisited() throws IOException {
    assumeTrue(Campaign.isComplete());
    String page = page(moves());
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  private static Map<String, SortedSet<String>> moves() {
    Map<String, SortedSet<String>> signals = new TreeMap<>();
    for (Coverage.Move move : Campaign.played().shown().moves().keySet()) {
      if (move.changes()) {
        signals
            .computeIfAbsent(Places.move(move.from(), move.to()), _ -> new TreeSet<>())
            .add(move.signal());
      }
    }
    return signals;
  }

  private static String page(Map<String, SortedSet<String>> moves) {
    StringBuilder page = new StringBuilder();
    page.append("# How an update moves\n\n");
    page.append("What the simulator visits in its runs; ");
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
    page.append("\n## What no run visits\n\nThe build fails as soon as one of these is visited.\n");
    page.append("\n| move, or signal in a state | why not |\n|---|---|\n");
    page.append(rows(Unreachable.places()));
    page.append("\n## What hardly any run visits\n\nThe build does not count on these.\n");
    page.append("\n| signal in a state | when |\n|---|---|\n");
    page.append(rows(Unreachable.rare()));
    return page.toString();
  }

  private static String rows(SortedMap<String, String> places) {
    StringBuilder rows = new StringBuilder();
    places.forEach((place, reason) ->
        rows.append("| ")
            .append(place.replace("-->", "→"))
            .append(" | ")
            .append(reason)
            .append(" |\n"));
    return rows.toString();
  }
}

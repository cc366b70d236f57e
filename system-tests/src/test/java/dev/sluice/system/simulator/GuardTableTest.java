package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page's table of guards is what the tests take out. Written anew with -Dsluice.update=true.
 */
class GuardTableTest {

  private static final Path PAGE = Path.of("../docs/simulator.md");
  private static final String HEAD =
      "| guard | what it does | without it breaks |\n|---|---|---|\n";

  @Test
  void thePageNamesEachGuardAndWhatBreaksWithoutIt() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(HEAD) + HEAD.length();
    int to = page.indexOf("\n\n", from) + 1;
    String wanted = page.substring(0, from) + rows() + page.substring(to);
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page).contains(HEAD);
    assertThat(wanted).isEqualTo(Files.readString(PAGE));
  }

  private static String rows() {
    return Arrays.stream(Guard.values())
        .map(guard -> "| `%s` | %s | %s |\n".formatted(guard, guard.what(), broken(guard)))
        .collect(Collectors.joining());
  }

  private static String broken(Guard guard) {
    return guard.protects().stream()
        .map(invariant -> invariant.get().id())
        .collect(Collectors.joining(", "));
  }
}

package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final String MARKDOWN =
      """
      Prose, and $ no command.
      ```sh
      $ not this one
      ```
      ```console
      $ first
      shown one
      shown two
      $ second \\
          --more
      ```
      ```console
      ^C
      shown three
      ```
      """;

  @Test
  void whatTheShellAnswersIsInPlaceOfWhatThePageShows() {
    var shell = new Echo();

    Page played = Page.of(MARKDOWN).play(shell);

    assertThat(shell.heard).containsExactly("first (2)", "second \\\n    --more (0)", "^C");
    assertThat(String.join("\n", played.lines()))
        .endsWith(
            """
            ```console
            $ first
            answer 1
            $ second \\
                --more
            answer 2
            ```
            ```console
            ^C
            answer 3
            ```\
            """)
        .startsWith("Prose, and $ no command.\n```sh\n$ not this one\n```\n");
  }

  private static final class Echo implements Page.Shell {
    private final List<String> heard = new ArrayList<>();

    @Override
    public List<String> run(String command, int shown) {
      heard.add(command + " (" + shown + ")");
      return List.of("answer " + heard.size());
    }

    @Override
    public List<String> interrupt() {
      heard.add("^C");
      return List.of("answer " + heard.size());
    }
  }
}

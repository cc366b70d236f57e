package dev.sluice.system.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A page in Markdown. In its {@code console} blocks a line that begins with {@code $} is a command,
 * a {@code \} at its end continues it, {@code ^C} is the key, and all else is what was answered.
 */
record Page(List<String> lines) {

  private static final String OPENS = "```console";
  private static final String CLOSES = "```";
  private static final String PROMPT = "$ ";
  private static final String INTERRUPT = "^C";

  static Page of(String markdown) {
    return new Page(markdown.lines().toList());
  }

  /** Where commands go. */
  interface Shell {
    /**
     * Runs a command.
     *
     * @param shown how many lines the page shows: of one that does not end, no more are waited for
     */
    List<String> run(String command, int shown);

    /** Ends the command that does not end by itself; the rest of what it says. */
    List<String> interrupt();
  }

  /** The same page with the answers that a shell gives. */
  Page play(Shell shell) {
    var played = new ArrayList<String>();
    var rest = new ArrayDeque<>(lines);
    boolean console = false;
    while (!rest.isEmpty()) {
      String line = rest.remove();
      played.add(line);
      console = console ? !line.equals(CLOSES) : line.equals(OPENS);
      if (console && line.equals(INTERRUPT)) {
        takeAnswer(rest);
        played.addAll(shell.interrupt());
      } else if (console && line.startsWith(PROMPT)) {
        List<String> more = takeContinued(line, rest);
        played.addAll(more);
        String command =
            String.join("\n", line.substring(PROMPT.length()), String.join("\n", more));
        played.addAll(shell.run(command.strip(), takeAnswer(rest)));
      }
    }
    return new Page(List.copyOf(played));
  }

  private static List<String> takeContinued(String first, Deque<String> rest) {
    var more = new ArrayList<String>();
    for (String line = first; line.endsWith("\\"); line = more.getLast()) {
      more.add(rest.remove());
    }
    return more;
  }

  /** Its number of lines. */
  private static int takeAnswer(Deque<String> rest) {
    int lines = 0;
    for (; !rest.isEmpty() && !endsAnswer(rest.peek()); lines++) {
      rest.remove();
    }
    return lines;
  }

  private static boolean endsAnswer(String line) {
    return line.startsWith(PROMPT) || line.equals(INTERRUPT) || line.equals(CLOSES);
  }
}

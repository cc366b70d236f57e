package dev.sluice.devkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills all children when this process ends, however it ends.
 *
 * <p>A shutdown hook does not run when this process is killed, and the kernel's parent-death signal
 * is bound to the thread that started the child, not to the process. A small shell that reads from
 * a pipe of ours sees the end of the pipe in every case, on every Unix.
 */
final class Leash {

  private static final String WATCH =
      """
      trap '' INT TERM HUP
      pids=' '
      while read -r change pid; do
        case $change in
          +) pids="$pids$pid " ;;
          -) pids="${pids%% $pid *} ${pids#* $pid }" ;;
        esac
      done
      for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
      """;

  private static final Leash SHARED = new Leash();

  private final Set<Process> held = ConcurrentHashMap.newKeySet();
  private final Writer shell;

  private Leash() {
    try {
      shell =
          new ProcessBuilder("sh", "-c", WATCH)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .outputWriter(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start sh, which guards child processes", e);
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> held.forEach(Process::destroyForcibly), "leash"));
  }

  /** From now on the process does not outlive this one. */
  static void hold(Process process) {
    SHARED.tell('+', process);
    SHARED.held.add(process);
    process.onExit().thenAccept(SHARED::release);
  }

  private void release(Process process) {
    held.remove(process);
    tell('-', process);
  }

  private synchronized void tell(char change, Process process) {
    try {
      shell.write(change + " " + process.pid() + "\n");
      shell.flush();
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException("the shell that guards child processes is gone", e);
    }
  }
}

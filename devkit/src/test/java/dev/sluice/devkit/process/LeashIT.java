package dev.sluice.devkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeashIT {

  /** A parent that starts a child and then hangs; argument: the file to write the child's id to. */
  static final class Parent {
    private Parent() {}

    static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      var child =
          new Child("sleep", List.of("sleep", "1000"), Map.of(), folder, folder.resolve("log"));
      child.start();
      Path unfinished = folder.resolve("pid.new");
      Files.writeString(unfinished, Long.toString(child.pid()));
      Files.move(unfinished, folder.resolve("pid"));
      if (arguments[1].equals("exit")) {
        System.exit(0);
      }
      Thread.currentThread().join();
    }
  }

  @TempDir Path folder;

  @Test
  void noChildSurvivesTheKillOfItsParent() throws Exception {
    var parent = parent("hang");
    long grandchild = grandchild();
    assertThat(lives(grandchild)).isTrue();

    parent.kill();

    await().atMost(Duration.ofSeconds(30)).until(() -> !lives(grandchild));
  }

  @Test
  void noChildSurvivesCtrlC() throws Exception {
    var parent = parent("hang");
    long grandchild = grandchild();

    parent.signal("INT");

    await().atMost(Duration.ofSeconds(30)).until(() -> !lives(grandchild));
  }

  @Test
  void noChildSurvivesTheEndOfItsParent() throws Exception {
    parent("exit");
    long grandchild = grandchild();

    await().atMost(Duration.ofSeconds(30)).until(() -> !lives(grandchild));
  }

  private Child parent(String mode) {
    var parent =
        Child.java(
            "parent",
            List.of("-XX:TieredStopAtLevel=1"),
            Parent.class,
            List.of(folder.toString(), mode),
            folder,
            folder.resolve("parent.log"));
    parent.start();
    return parent;
  }

  private long grandchild() throws Exception {
    Path file = folder.resolve("pid");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
    return Long.parseLong(Files.readString(file));
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}

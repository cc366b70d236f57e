package dev.sluice.devkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildIT {

  @TempDir Path folder;

  @Test
  void startsAgainAfterAKill() {
    var child = shell("sleep 1000");
    child.start();
    long first = child.pid();

    child.kill();
    assertThat(child.isAlive()).isFalse();
    child.start();

    assertThat(child.isAlive()).isTrue();
    assertThat(child.pid()).isNotEqualTo(first);
    child.kill();
  }

  @Test
  void isNotStartedTwice() {
    var child = shell("sleep 1000");
    child.start();

    assertThatThrownBy(child::start).hasMessageContaining("runs already");
    child.kill();
  }

  @Test
  void stopsEvenWhilePaused() {
    var child = shell("sleep 1000");
    child.start();
    child.pause();

    child.stop();

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void showsWhatAChildSaidThatEndedAtOnce() {
    var child = shell("echo no such ring; exit 3");
    child.start();

    assertThatThrownBy(() -> Ready.await(child, Duration.ofSeconds(60), () -> false))
        .hasMessageContaining("ended at once")
        .hasMessageContaining("no such ring");
  }

  @Test
  void knowsItsMemory() {
    var child = shell("sleep 1000");
    child.start();

    assertThat(child.residentBytes()).isPositive();
    child.kill();
    assertThat(child.residentBytes()).isZero();
  }

  private Child shell(String script) {
    return new Child(
        "shell",
        List.of("sh", "-c", "exec 2>&1; " + script),
        Map.of(),
        folder,
        folder.resolve("log"));
  }
}

package dev.sluice.devkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

  /** Takes ports and keeps them for as long as it lives. */
  static final class Taker {
    private Taker() {}

    static void main(String[] arguments) throws InterruptedException {
      for (int i = 0; i < 3_000; i++) {
        System.out.println(FreePorts.next());
      }
      System.out.println("taken");
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  @TempDir Path folder;

  @Test
  void processesBesideEachOtherNeverGetTheSamePort() throws IOException {
    Path log = folder.resolve("taker.log");
    Child taker = Child.java("taker", List.of(), Taker.class, List.of(), folder, log);
    taker.start();
    try {
      Ready.await(taker, Duration.ofSeconds(60), () -> taker.lastOutput().endsWith("taken"));
      List<String> ours = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        ours.add(Integer.toString(FreePorts.next()));
      }
      assertThat(ours).doesNotHaveDuplicates().doesNotContainAnyElementsOf(Files.readAllLines(log));
    } finally {
      taker.kill();
    }
  }
}

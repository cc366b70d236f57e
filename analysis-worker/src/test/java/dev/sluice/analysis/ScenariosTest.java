package dev.sluice.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {

  static List<Scenario> scenarios() {
    return Scenario.all();
  }

  /** How long the others are heard depends on how long they take, and so on who asks them again. */
  static List<Scenario> promptScenarios() {
    return Scenario.all().stream()
        .filter(scenario -> scenario.run().metrics().stream().allMatch(m -> m.latency() == null))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void comesOutAsRecorded(Scenario scenario) {
    Scene scene = Scene.play(scenario.run(), List.of());

    assertThat(scene.outcome()).isEqualTo(scenario.expected());
  }

  /** I19, and DESIGN: a function of recorded outcomes, never of who asked and when. */
  @ParameterizedTest
  @MethodSource("promptScenarios")
  void comesOutTheSameHoweverOftenWorkersDie(Scenario scenario) {
    for (int seed = 0; seed < 40; seed++) {
      Scene scene = Scene.play(scenario.run(), deaths(new Random(seed), scenario));

      assertThat(scene.outcome()).as("seed " + seed).isEqualTo(scenario.expected());
      assertEachTickOnce(scene);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void saysTheVerdictOnceAndLast(Scenario scenario) {
    Scene scene = Scene.play(scenario.run(), List.of());
    boolean concluded = !scenario.expected().phase().equals("Running");

    assertThat(scene.verdicts()).hasSize(concluded ? 1 : 0);
    if (concluded) {
      assertThat(scene.published().getLast()).isEqualTo(scene.verdicts().getFirst());
    }
  }

  private static List<Instant> deaths(Random random, Scenario scenario) {
    int seconds =
        scenario.expected().metrics().values().stream()
            .flatMap(metric -> metric.due().stream())
            .mapToInt(due -> due)
            .max()
            .orElse(1);
    List<Instant> deaths = new ArrayList<>();
    int count = random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      deaths.add(Scene.START.plusMillis(random.nextInt((seconds + 1) * 1_000)));
    }
    return deaths;
  }

  private static void assertEachTickOnce(Scene scene) {
    Set<String> seen = new HashSet<>();
    scene
        .measurements()
        .forEach(taken ->
            assertThat(seen.add(taken.metric() + "/" + taken.measurement().tick()))
                .as(taken.toString())
                .isTrue());
  }
}

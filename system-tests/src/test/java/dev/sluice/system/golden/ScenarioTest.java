package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("golden", "src/test/resources/golden"));

  @Test
  void everyFolderCanBePlayed() {
    List<Scenario> all =
        Scenario.folders(GOLDEN).stream().map(folder -> Scenario.read(folder, "x:1")).toList();

    assertThat(all).hasSizeGreaterThanOrEqualTo(25);
    assertThat(all)
        .allSatisfy(scenario -> {
          assertThat(scenario.objects()).isNotEmpty();
          assertThat(scenario.inputs()).isNotEmpty();
          assertThat(scenario.recording().same()).isNotEmpty();
        });
  }

  @Test
  void theProviderIsWhereTheWorldHasIt() {
    Scenario scenario = Scenario.read(GOLDEN.resolve("analysis-pass"), "127.0.0.1:4711");

    assertThat(scenario.objects().toString())
        .contains("http://127.0.0.1:4711")
        .doesNotContain("19090");
  }

  @Test
  void inputsAreReadInTheirOrder() {
    Scenario scenario = Scenario.read(GOLDEN.resolve("nginx-undo-in-window"), "x:1");

    assertThat(scenario.name()).isEqualTo("nginx-undo-in-window");
    assertThat(scenario.inputs())
        .contains(
            new Input.SetImage("app", "registry.example/app:v2"),
            new Input.Sleep(Duration.ofSeconds(6)),
            new Input.Plugin(List.of("undo", "app"), false));
    assertThat(scenario.inputs().getFirst()).isInstanceOf(Input.Wait.class);
  }
}

package dev.sluice.devkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatusTextTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void whatStatusSaysIsTold() throws IOException {
    assertThat(status("generation: 2", "observedGeneration: '2', phase: Paused, message: why"))
        .contains("Paused - why");
  }

  @Test
  void aSpecificationThatNobodyHasLookedAtIsToldFirst() throws IOException {
    assertThat(status("generation: 3", "observedGeneration: '2', phase: Healthy"))
        .contains("Progressing - waiting for rollout spec update to be observed");
  }

  @Test
  void aPauseThatIsTakenAwayAndStillHeldIsToldAsUnpausing() throws IOException {
    assertThat(
            status(
                "generation: 2", "observedGeneration: '2', phase: Paused, controllerPause: true"))
        .contains("Progressing - waiting for rollout to unpause");
  }

  private static String status(String metadata, String status) throws IOException {
    return StatusText.of(
        YAML.readTree("{metadata: {name: app, %s}, status: {%s}}".formatted(metadata, status)));
  }
}

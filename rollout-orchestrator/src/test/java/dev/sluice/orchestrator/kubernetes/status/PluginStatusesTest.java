package dev.sluice.orchestrator.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.orchestrator.Plugins.Work;
import dev.sluice.orchestrator.Step;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginStatusesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");

  @Test
  void aPluginThatRunsLooksAsToolsReadIt() throws IOException {
    assertThat(
            projected(
                new Work(
                    3,
                    new Step.Plugin("smoke", "http://smoke:8080", "{}", false),
                    PluginOperation.RUN,
                    PluginPhase.RUNNING,
                    "41 of 60",
                    START,
                    START.plusSeconds(40),
                    null,
                    Duration.ofSeconds(45),
                    2,
                    "{\"job\":17}")))
        .isEqualTo(
            yaml(
                """
                - index: 3
                  name: smoke
                  operation: Run
                  phase: Running
                  message: 41 of 60
                  startedAt: "2026-01-01T00:00:00Z"
                  updatedAt: "2026-01-01T00:00:40Z"
                  backoff: 45s
                  executions: 2
                  status: {job: 17}
                """));
  }

  @Test
  void onePassedOverSaysSo() throws IOException {
    assertThat(
            projected(
                new Work(
                    0,
                    new Step.Plugin("smoke", "", "{}", true),
                    PluginOperation.RUN,
                    PluginPhase.SUCCESSFUL,
                    "",
                    null,
                    null,
                    null,
                    Duration.ZERO,
                    0,
                    null)))
        .isEqualTo(
            yaml("[{index: 0, name: smoke, operation: Run, phase: Successful, disabled: true}]"));
  }

  @ParameterizedTest
  @CsvSource({"30, 30s", "60, 1m0s", "90, 1m30s", "7200, 2h0m0s", "3661, 1h1m1s"})
  void aBackoffIsWrittenAsGoWritesIt(long seconds, String text) {
    assertThat(PluginStatuses.goDuration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  private static JsonNode projected(Work work) throws IOException {
    return yaml(PluginStatuses.of(List.of(work)).toString());
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}

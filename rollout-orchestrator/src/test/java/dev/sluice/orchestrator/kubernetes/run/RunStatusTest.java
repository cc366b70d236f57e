package dev.sluice.orchestrator.kubernetes.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunSpec;
import dev.sluice.crd.Struct;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Measurement;
import dev.sluice.events.MetricProgress;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import dev.sluice.orchestrator.kubernetes.event.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunStatusTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.4Z");

  @Test
  void aFailedRunShowsWhichMetricFailedOnWhichValues() {
    AnalysisProgress progress =
        progress(
            AnalysisPhase.FAILED,
            "Metric \"errors\" assessed Failed due to failed (1) > failureLimit (0)",
            metric("errors", AnalysisPhase.FAILED, false, 2, 1, "[0.001]", "[0.02]"),
            metric("extra", AnalysisPhase.FAILED, true, 1, 1, "[1]"),
            metric("never", AnalysisPhase.PENDING, false, 0, 0));
    assertThat(yaml(RunStatus.of(progress, run()).json().toString()))
        .isEqualTo(
            yaml(
                """
                phase: Failed
                message: 'Metric "errors" assessed Failed due to failed (1) > failureLimit (0)'
                metricResults:
                  - name: errors
                    phase: Failed
                    measurements:
                      - {phase: Successful, startedAt: "2026-01-01T00:00:00Z",
                         finishedAt: "2026-01-01T00:00:00Z", value: "[0.001]"}
                      - {phase: Failed, startedAt: "2026-01-01T00:00:01Z",
                         finishedAt: "2026-01-01T00:00:01Z", value: "[0.02]"}
                    count: 2
                    successful: 1
                    failed: 1
                    metadata: {ResolvedPrometheusQuery: rate}
                  - name: extra
                    phase: Failed
                    measurements:
                      - {phase: Failed, startedAt: "2026-01-01T00:00:00Z",
                         finishedAt: "2026-01-01T00:00:00Z", value: "[1]"}
                    count: 1
                    failed: 1
                    dryRun: true
                startedAt: "2026-01-01T00:00:00Z"
                runSummary: {count: 2, failed: 1}
                dryRunSummary: {count: 1, failed: 1}
                completedAt: "2026-01-01T00:00:00Z"
                """));
  }

  @Test
  void allMeasurementsThatWereKeptAreShown() {
    String[] values = IntStream.range(0, 12).mapToObj(i -> "[" + i + "]").toArray(String[]::new);
    AnalysisProgress progress =
        progress(
            AnalysisPhase.RUNNING,
            "",
            metric("errors", AnalysisPhase.RUNNING, false, 12, 0, values));
    assertThat(RunStatus.of(progress, run()).metricResults.getFirst().measurements)
        .extracting(measurement -> measurement.value)
        .containsExactly(values);
  }

  @Test
  void whatIsShownKeepsItsPlace() {
    AnalysisRun run = run();
    MetricProgress first = metric("first", AnalysisPhase.RUNNING, false, 1, 0, "[1]");
    MetricProgress second = metric("second", AnalysisPhase.RUNNING, false, 1, 0, "[1]");
    run.setStatus(RunStatus.of(progress(AnalysisPhase.RUNNING, "", second), run));
    assertThat(RunStatus.of(progress(AnalysisPhase.RUNNING, "", first, second), run).metricResults)
        .extracting(result -> result.name)
        .containsExactly("second", "first");
  }

  @Test
  void eachEndIsToldOnce() {
    AnalysisRun run = run();
    MetricProgress done = metric("m", AnalysisPhase.SUCCESSFUL, false, 1, 0, "[1]");
    MetricProgress bad = metric("n", AnalysisPhase.FAILED, false, 1, 1, "[1]");
    AnalysisProgress half = progress(AnalysisPhase.RUNNING, "", done);
    AnalysisProgress all = progress(AnalysisPhase.FAILED, "x", done, bad);
    assertThat(RunTexts.between(null, half))
        .containsExactly(
            new Told(
                Told.Kind.NORMAL, "MetricSuccessful", "Metric 'm' Completed. Result: Successful"));
    assertThat(RunTexts.between(RunStatus.of(half, run), all))
        .containsExactly(
            new Told(Told.Kind.WARNING, "MetricFailed", "Metric 'n' Completed. Result: Failed"),
            new Told(Told.Kind.WARNING, "AnalysisRunFailed", "Analysis Completed. Result: Failed"));
    assertThat(RunTexts.between(RunStatus.of(all, run), all)).isEmpty();
  }

  private static AnalysisRun run() {
    AnalysisRun run = new AnalysisRun();
    run.setSpec(
        Struct.read(
            yaml("{metrics: [{name: errors, provider: {prometheus: {query: rate}}}]}"),
            AnalysisRunSpec.class));
    return run;
  }

  private static AnalysisProgress progress(
      AnalysisPhase phase, String message, MetricProgress... metrics) {
    return new AnalysisProgress(
        "u-1/r",
        "u-1",
        "shop",
        "r",
        2,
        phase,
        message,
        START,
        phase.isCompleted() ? START : null,
        List.of(metrics));
  }

  // The last ones failed.
  private static MetricProgress metric(
      String name, AnalysisPhase phase, boolean dry, int count, int failed, String... values) {
    List<Measurement> measurements =
        IntStream.range(0, values.length)
            .mapToObj(i ->
                new Measurement(
                    i,
                    i >= values.length - failed ? AnalysisPhase.FAILED : AnalysisPhase.SUCCESSFUL,
                    values[i],
                    "",
                    START.plusSeconds(i),
                    START.plusSeconds(i),
                    START.plusSeconds(i)))
            .toList();
    return new MetricProgress(
        name, phase, "", dry, count, count - failed, failed, 0, 0, 0, 0, count, null, measurements);
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.sluice.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A folder of {@code src/test/resources/scenarios}: {@code run.yaml} says what is measured and what
 * the provider answers, {@code expected.yaml} what comes of it. Times are seconds from the start of
 * the run. A field that nobody reads is an error.
 */
record Scenario(Path folder, Input run, Expected expected) {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** What happens; {@code until} ends the scene where the run does not. */
  record Input(
      String about, NoData noData, Integer terminatedAt, Integer until, List<Metric> metrics) {

    List<MetricSpec> specifications() {
      return metrics.stream().map(metric -> metric.specification(noData)).toList();
    }
  }

  /**
   * A metric and the provider behind it. Its n-th call gets the n-th answer, the last one for ever:
   * a number, {@code NaN}, {@code empty}, {@code two} (1 and 2), {@code scalar:V}, {@code error},
   * or {@code overloaded}; each after {@code latency}.
   */
  record Metric(
      String name,
      Integer interval,
      Integer initialDelay,
      Integer count,
      String successCondition,
      String failureCondition,
      Integer failureLimit,
      Integer inconclusiveLimit,
      Integer consecutiveErrorLimit,
      Integer consecutiveSuccessLimit,
      Boolean dryRun,
      Integer measurementRetention,
      Integer latency,
      List<String> answers) {

    /** Defaults as the orchestrator fills them. */
    MetricSpec specification(NoData noData) {
      return new MetricSpec(
          name,
          interval == null ? null : Duration.ofSeconds(interval),
          Duration.ofSeconds(or(initialDelay, 0)),
          or(count, interval == null ? 1 : 0),
          successCondition,
          failureCondition,
          or(failureLimit, 0),
          or(inconclusiveLimit, 0),
          or(consecutiveErrorLimit, 4),
          or(consecutiveSuccessLimit, 0),
          dryRun != null && dryRun,
          measurementRetention,
          noData,
          new Provider.Prometheus(
              "http://prometheus.monitoring:9090", "query of " + name, Duration.ofSeconds(30)));
    }

    private static int or(Integer value, int otherwise) {
      return Objects.requireNonNullElse(value, otherwise);
    }
  }

  /** What the run has come to. */
  record Expected(String phase, String message, Map<String, ExpectedMetric> metrics) {}

  /**
   * What a metric has come to; {@code due} are the seconds at which its ticks were due, {@code
   * kept} the values that its progress still has at the end where those are not all.
   */
  record ExpectedMetric(
      String phase,
      String message,
      int count,
      int successful,
      int failed,
      int inconclusive,
      int error,
      @JsonProperty("dryRun") boolean dryRun,
      List<String> values,
      List<Integer> due,
      List<String> kept) {}

  static List<Scenario> all() {
    try (var folders = Files.list(Path.of("src/test/resources/scenarios"))) {
      return folders.sorted().map(Scenario::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario read(Path folder) {
    try {
      return new Scenario(
          folder,
          YAML.readValue(folder.resolve("run.yaml").toFile(), Input.class),
          YAML.readValue(folder.resolve("expected.yaml").toFile(), Expected.class));
    } catch (IOException e) {
      throw new UncheckedIOException("scenario " + folder, e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName() + ": " + run.about();
  }
}

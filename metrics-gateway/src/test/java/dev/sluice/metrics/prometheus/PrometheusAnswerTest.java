package dev.sluice.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers as Prometheus 2.42 gave them; the HTTP status is in the file's name. */
class PrometheusAnswerTest {

  private static final Path FOLDER = Path.of("src/test/resources/prometheus");

  private static final Map<String, Outcome> RECORDED =
      Map.ofEntries(
          Map.entry("vector-200.json", vector(1.0)),
          Map.entry("several-200.json", vector(331.0, 1.0)),
          Map.entry("empty-200.json", new Outcome.NoData()),
          Map.entry("nan-200.json", vector(Double.NaN)),
          Map.entry("infinite-200.json", vector(Double.POSITIVE_INFINITY)),
          Map.entry("negative-infinite-200.json", vector(Double.NEGATIVE_INFINITY)),
          Map.entry("scalar-200.json", new Outcome.Scalar(2)),
          Map.entry("matrix-200.json", vector(1.0, 1.0, 1.0)),
          Map.entry("matrix-empty-200.json", new Outcome.NoData()),
          Map.entry("warnings-200.json", vector(0.0995)),
          Map.entry(
              "string-200.json",
              new Outcome.Unavailable(Reason.UNREADABLE, "Prometheus metric type not supported")),
          Map.entry(
              "parse-error-400.json",
              error(
                  "bad_data: invalid parameter \"query\": 1:5: parse error: unclosed left"
                      + " parenthesis")),
          Map.entry(
              "many-to-many-422.json",
              error(
                  "execution: found duplicate series for the match group {job=\"self\"} on the"
                      + " right hand-side of the operation: [{__name__=\"up\","
                      + " instance=\"127.0.0.1:29190\", job=\"self\"},"
                      + " {__name__=\"scrape_samples_scraped\", instance=\"127.0.0.1:29190\","
                      + " job=\"self\"}];many-to-many matching not allowed: matching labels must be"
                      + " unique on one side")),
          Map.entry(
              "timeout-503.json",
              new Outcome.Unavailable(
                  Reason.TIMEOUT, "timeout: query timed out in expression evaluation")),
          Map.entry("unknown-path-404.txt", error("client_error: client error: 404")));

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRecordedAnswerIsReadAsWhatItIs(String file) throws IOException {
    int status = Integer.parseInt(file.replaceAll("\\D*-(\\d{3})\\..*", "$1"));
    assertThat(RECORDED).as("what is expected of each file").containsKey(file);
    assertThat(PrometheusAnswer.read(status, Files.readAllBytes(FOLDER.resolve(file))).outcome())
        .isEqualTo(RECORDED.get(file));
  }

  @Test
  void everyExpectationHasItsFile() throws IOException {
    assertThat(files().collect(Collectors.toSet())).isEqualTo(RECORDED.keySet());
  }

  @Test
  void warningsAndRemarksAreKept() throws IOException {
    byte[] body = Files.readAllBytes(FOLDER.resolve("warnings-200.json"));
    assertThat(PrometheusAnswer.read(200, body).warnings())
        .containsExactly(
            "PromQL warning: ignored histograms in a range",
            "PromQL info: metric might not be a counter: \"memory_bytes\" (1:6)");
  }

  @ParameterizedTest
  @CsvSource({
    "500, <html>oops</html>, PROVIDER_ERROR, server_error: server error: 500",
    "503, '', PROVIDER_ERROR, server_error: server error: 503",
    "429, slow down, PROVIDER_ERROR, client_error: client error: 429",
    "302, '', PROVIDER_ERROR, bad_response: bad response code 302",
    "200, <html>login</html>, UNREADABLE, the answer is not in Prometheus' form",
    "200, '', UNREADABLE, the answer is not in Prometheus' form",
    "200, '[]', UNREADABLE, the answer is not in Prometheus' form",
  })
  void whatIsNotPrometheusFormIsNoNumber(int status, String body, Reason reason, String message) {
    assertThat(read(status, body)).isEqualTo(new Outcome.Unavailable(reason, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "vector; [{\"value\":[1,0.5]}]; a sample that is no number",
        "vector; [{\"value\":[1,\"half\"]}]; a sample that is no number",
        "vector; [{\"value\":[1,\"0x1p3\"]}]; a sample that is no number",
        "vector; [{\"value\":[1]}]; a sample that is no number",
        "vector; [{\"metric\":{}}]; a sample that is no number",
        "vector; [{\"histogram\":[1,{}]}]; native histograms are no numbers: take"
            + " histogram_quantile() or the like",
        "scalar; [1]; a scalar that is none",
        "scalar; 5; a scalar that is none",
      })
  void aMalformedSampleIsUnreadable(String type, String result, String message) {
    String body =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}"
            .formatted(type, result);
    assertThat(read(200, body)).isEqualTo(new Outcome.Unavailable(Reason.UNREADABLE, message));
  }

  private static Outcome read(int status, String body) {
    return PrometheusAnswer.read(status, body.getBytes(StandardCharsets.UTF_8)).outcome();
  }

  private static Outcome vector(Double... samples) {
    return new Outcome.Vector(List.of(samples));
  }

  private static Outcome error(String message) {
    return new Outcome.Unavailable(Reason.PROVIDER_ERROR, message);
  }
}

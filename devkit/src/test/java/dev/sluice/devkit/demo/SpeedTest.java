package dev.sluice.devkit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.devkit.demo.Speed.Change;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedTest {

  private static final String ROLLOUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: checkout-service}
      spec:
        minReadySeconds: 30
        strategy:
          canary:
            steps:
              - setWeight: 5
              - pause: {duration: 2m}
              - pause: {duration: 50}
              - pause: {duration: "100"}
              - pause: {}
            abortScaleDownDelaySeconds: 30
        template:
          spec:
            terminationGracePeriodSeconds: 30
            minReadySeconds: 30
      """;

  private static final String TEMPLATE =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: AnalysisTemplate
      metadata: {name: error-rate}
      spec:
        metrics:
          - name: error-rate
            interval: 30s
            initialDelay: 1m30s
            count: 5
            provider:
              prometheus:
                timeout: 40
                query: sum(rate(errors{code=~"5.."}[2m])) / sum(rate(all{}[2m])) > rate(x[30m])
      """;

  @Test
  void dividesDurationsOfARolloutAndLeavesItsPodTemplateAlone() throws IOException {
    var rendered = Speed.render(List.of(yaml(ROLLOUT)), 20);

    assertThat(rendered.changes())
        .containsExactly(
            change("Rollout checkout-service", "spec.minReadySeconds", "30", "2"),
            change("Rollout checkout-service", step(1), "2m", "6s"),
            change("Rollout checkout-service", step(2), "50", "3"),
            change("Rollout checkout-service", step(3), "100", "5s"),
            change(
                "Rollout checkout-service",
                "spec.strategy.canary.abortScaleDownDelaySeconds",
                "30",
                "2"));
    var copy = rendered.documents().getFirst();
    assertThat(copy.at("/spec/template")).isEqualTo(yaml(ROLLOUT).at("/spec/template"));
    assertThat(copy.at("/spec/strategy/canary/steps/1/pause/duration").asText()).isEqualTo("6s");
    assertThat(copy.at("/spec/strategy/canary/steps/2/pause/duration").isInt()).isTrue();
  }

  @Test
  void dividesIntervalsAndRangesAndKeepsAWindowOfFourScrapes() throws IOException {
    var rendered = Speed.render(List.of(yaml(TEMPLATE)), 40);

    String query = "spec.metrics[0].provider.prometheus.query";
    assertThat(rendered.changes())
        .containsExactly(
            change("AnalysisTemplate error-rate", "spec.metrics[0].interval", "30s", "1s"),
            change("AnalysisTemplate error-rate", "spec.metrics[0].initialDelay", "1m30s", "3s"),
            change("AnalysisTemplate error-rate", query, "[2m]", "[4s]"),
            change("AnalysisTemplate error-rate", query, "[30m]", "[45s]"));
    assertThat(rendered.documents().getFirst().at("/spec/metrics/0/provider/prometheus/timeout"))
        .hasToString("40");
  }

  @Test
  void changesNothingAtSpeedOne() throws IOException {
    var documents = List.of(yaml(ROLLOUT), yaml(TEMPLATE));

    var rendered = Speed.render(documents, 1);

    assertThat(rendered.documents()).isEqualTo(documents);
    assertThat(rendered.changes()).isEmpty();
  }

  @Test
  void leavesTheOriginalAndObjectsOfOthersAlone() throws IOException {
    var rollout = yaml(ROLLOUT);
    var service = yaml("{apiVersion: v1, kind: Service, spec: {duration: 2m}}");

    var rendered = Speed.render(List.of(rollout, service), 20);

    assertThat(rollout).isEqualTo(yaml(ROLLOUT));
    assertThat(rendered.documents().getLast()).isEqualTo(service);
  }

  @Test
  void refusesToSlowDown() {
    assertThatThrownBy(() -> Speed.render(List.of(), 0)).hasMessageContaining("1 or more");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      value = {
        "rate(a[5m]), rate(a[15s])",
        "rate(a[ 1h30m ]), rate(a[ 270s ])",
        "max_over_time(a[5m:1m]), max_over_time(a[15s:3s])",
        "max_over_time(a[5m:]), max_over_time(a[15s:])",
        "a offset 10m, a offset 30s",
        "a{path=\"[5m]\"}, a{path=\"[5m]\"}",
        "a{code=~'[45]..'}[1m], a{code=~'[45]..'}[4s]",
      })
  void findsTimesInQueriesAndNowhereElse(String query, String expected) {
    assertThat(PromqlRanges.rewrite(query, time -> time.dividedBy(20))).isEqualTo(expected);
  }

  private static String step(int number) {
    return "spec.strategy.canary.steps[" + number + "].pause.duration";
  }

  private static Change change(String object, String field, String from, String to) {
    return new Change(object, field, from, to);
  }

  private static ObjectNode yaml(String text) throws IOException {
    return (ObjectNode) new YAMLMapper().readTree(text);
  }
}

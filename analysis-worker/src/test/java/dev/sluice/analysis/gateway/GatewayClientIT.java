package dev.sluice.analysis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.Provider;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayClientIT {

  private static final Vertx VERTX = Vertx.vertx();
  private static final MetricQuery QUERY =
      new MetricQuery(
          new Provider.Prometheus(
              "http://prometheus.monitoring:9090", "up > 0", Duration.ofSeconds(5)),
          Instant.parse("2026-01-05T10:00:30Z"));

  @AfterAll
  static void end() {
    VERTX.close();
  }

  private static MetricAnswer ask(PlayedGateway gateway) throws Exception {
    CompletableFuture<MetricAnswer> answer = new CompletableFuture<>();
    new GatewayClient(VERTX, gateway.address()).ask(QUERY, answer::complete);
    return answer.get(60, TimeUnit.SECONDS);
  }

  private static Reason reason(MetricAnswer answer) {
    return ((Outcome.Unavailable) answer.outcome()).reason();
  }

  @Test
  void theQuestionArrivesAsItIsAndTheAnswerComesBack() throws Exception {
    Outcome outcome = new Outcome.Vector(List.of(0.5, Double.NaN, Double.NEGATIVE_INFINITY));
    try (var gateway = new PlayedGateway(_ -> outcome)) {
      MetricAnswer answer = ask(gateway);

      assertThat(answer.outcome()).isEqualTo(outcome);
      assertThat(answer.time()).isEqualTo(QUERY.time());
      assertThat(gateway.questions()).containsExactly(QUERY);
    }
  }

  @Test
  void aGatewayThatIsNotThereIsOurOwnTrouble() throws Exception {
    try (var gateway = new PlayedGateway(_ -> new Outcome.NoData())) {
      gateway.stop();

      assertThat(reason(ask(gateway))).isEqualTo(Reason.OVERLOADED);

      gateway.restart();
      assertThat(ask(gateway).outcome()).isEqualTo(new Outcome.NoData());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 408, 429, 500, 502, 503})
  void aGatewayThatIsIllIsOurOwnTrouble(int status) throws Exception {
    try (var gateway = new PlayedGateway(_ -> new Outcome.NoData())) {
      gateway.fail(status);

      assertThat(reason(ask(gateway))).isEqualTo(Reason.OVERLOADED);
    }
  }

  @Test
  void aQuestionThatTheGatewayRefusesIsAnswered() throws Exception {
    try (var gateway = new PlayedGateway(_ -> new Outcome.NoData())) {
      gateway.fail(400);

      MetricAnswer answer = ask(gateway);

      assertThat(answer.outcome())
          .isEqualTo(
              new Outcome.Unavailable(
                  Reason.UNREADABLE, "the metrics gateway answers 400: no answer today"));
    }
  }
}

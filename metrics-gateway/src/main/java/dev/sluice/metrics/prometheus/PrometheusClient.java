package dev.sluice.metrics.prometheus;

import dev.sluice.metrics.MetricProvider;
import dev.sluice.metrics.Question;
import dev.sluice.metrics.Reply;
import dev.sluice.metrics.configuration.GatewayConfiguration;
import dev.sluice.metrics.egress.Egress;
import dev.sluice.metrics.egress.Failures;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends instant queries with an explicit time. */
@Singleton
class PrometheusClient implements MetricProvider {

  /** Prometheus ends a query at its timeout; its own words about that arrive within this. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Egress egress;
  private final long largestAnswer;

  PrometheusClient(Egress egress, GatewayConfiguration configuration) {
    this.egress = egress;
    this.largestAnswer = configuration.gateway().largestAnswer().asLongValue();
  }

  @Override
  public CompletionStage<Reply> ask(Question question, Duration timeout) {
    long start = System.nanoTime();
    String form = form(question, timeout);
    return egress
        .send(request(question, timeout, "POST", "", form))
        .thenCompose(raw ->
            refusesPost(raw)
                ? egress.send(request(question, timeout, "GET", "?" + form, ""))
                : CompletableFuture.completedStage(raw))
        .thenApply(raw -> {
          PrometheusAnswer answer = PrometheusAnswer.read(raw.status(), raw.body());
          long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
          return new Reply(answer.outcome(), millis, answer.warnings());
        })
        .exceptionally(thrown -> {
          Failures.Failure failure = Failures.of(thrown, timeout);
          return Reply.unavailable(failure.reason(), failure.message());
        });
  }

  // A proxy in front of Prometheus may let no POST through; Prometheus' own client does the same.
  private static boolean refusesPost(Egress.Raw raw) {
    return raw.status() == 405 || raw.status() == 501;
  }

  private Egress.Request request(
      Question question, Duration timeout, String method, String query, String body) {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
    if (!body.isEmpty()) {
      headers.put("Content-Type", "application/x-www-form-urlencoded");
    }
    return new Egress.Request(
        question.endpoint(),
        method,
        URI.create(question.target() + "/api/v1/query" + query),
        headers,
        body,
        timeout.plus(GRACE),
        largestAnswer);
  }

  private static String form(Question question, Duration timeout) {
    return "query="
        + URLEncoder.encode(question.query(), StandardCharsets.UTF_8)
        + "&time="
        + URLEncoder.encode(question.time().toString(), StandardCharsets.UTF_8)
        + "&timeout="
        + timeout.toMillis()
        + "ms";
  }
}

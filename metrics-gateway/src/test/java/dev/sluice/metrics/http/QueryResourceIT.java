package dev.sluice.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.Provider;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = RecordedProvider.class, restrictToAnnotatedClass = true)
class QueryResourceIT {

  private static final String LISTED = "http://prometheus.monitoring:9090";
  private static final Duration LONG = Duration.ofSeconds(30);

  private static long seconds = Instant.parse("2026-11-20T14:30:00Z").getEpochSecond();

  @TestHTTPResource URI gateway;

  List<String> asked;

  private final HttpClient http = HttpClient.newHttpClient();
  private Instant tick;

  @BeforeEach
  void anotherTick() {
    seconds += 10;
    tick = Instant.ofEpochSecond(seconds);
    asked.clear();
  }

  @Test
  void aQuestionIsAskedWithItsTimeAndAnsweredWithItself() {
    MetricAnswer answer = ask(LISTED, "several-200.json", LONG);
    assertThat(answer.outcome()).isEqualTo(new Outcome.Vector(List.of(331.0, 1.0)));
    assertThat(answer.query()).isEqualTo("several-200.json");
    assertThat(answer.time()).isEqualTo(tick);
    assertThat(answer.latencyMillis()).isNotNegative();
    assertThat(asked)
        .containsExactly(
            "POST /api/v1/query query=several-200.json time=%s timeout=30000ms".formatted(tick));
  }

  @Test
  void everyOutcomeIsAnAnswer() {
    assertThat(ask(LISTED, "empty-200.json", LONG).outcome()).isEqualTo(new Outcome.NoData());
    assertThat(ask(LISTED, "nan-200.json", LONG).outcome())
        .isEqualTo(new Outcome.Vector(List.of(Double.NaN)));
    assertThat(ask(LISTED, "scalar-200.json", LONG).outcome()).isEqualTo(new Outcome.Scalar(2));
    assertUnavailable("timeout-503.json", Reason.TIMEOUT, "timeout: query timed out");
    assertUnavailable("parse-error-400.json", Reason.PROVIDER_ERROR, "bad_data: invalid");
    assertUnavailable("string-200.json", Reason.UNREADABLE, "type not supported");
    assertThat(ask(LISTED, "warnings-200.json", LONG).warnings()).hasSize(2);
  }

  @Test
  void equalQuestionsAreOneRequest() {
    List<CompletableFuture<MetricAnswer>> answers =
        Stream.generate(() -> asking(LISTED, "vector-200.json", LONG)).limit(8).toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().outcome()).isNotNull());
    assertThat(ask(LISTED, "vector-200.json", LONG)).isEqualTo(answers.getFirst().join());
    assertThat(asked).hasSize(1);
  }

  @Test
  void aFailureIsAskedAgain() {
    ask(LISTED, "timeout-503.json", LONG);
    ask(LISTED, "timeout-503.json", LONG);
    assertThat(asked).hasSize(2);
  }

  @Test
  void aSlowEndpointIsShedAndHoldsNoOther() {
    List<CompletableFuture<MetricAnswer>> stuck =
        Stream.of("a", "b", "c", "d", "e", "f", "g")
            .map(name -> asking("http://slow:9090", "never " + name, Duration.ofSeconds(20)))
            .toList();
    await().atMost(LONG).until(() -> stuck.stream().filter(Future::isDone).count() == 5);
    List<MetricAnswer> shed =
        stuck.stream().filter(Future::isDone).map(CompletableFuture::join).toList();
    assertThat(shed)
        .allSatisfy(answer ->
            assertThat(answer.outcome())
                .isInstanceOfSatisfying(
                    Outcome.Unavailable.class,
                    outcome -> assertThat(outcome.reason()).isEqualTo(Reason.OVERLOADED)));
    assertThat(ask(LISTED, "vector-200.json", LONG).outcome()).isInstanceOf(Outcome.Vector.class);
    assertThat(asked).filteredOn(request -> request.contains("never")).hasSize(2);
  }

  @Test
  void aRedirectIsNotFollowed() {
    assertUnavailable("moved", Reason.PROVIDER_ERROR, "bad_response: bad response code 302");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aLargeAnswerIsRefusedUnread() {
    assertUnavailable("large", Reason.UNREADABLE, "larger than 10240 bytes");
  }

  @Test
  void anAnswerThatBreaksOffIsUnreachable() {
    assertUnavailable("half", Reason.UNREACHABLE, "closed");
  }

  @Test
  void noAnswerInTimeIsATimeout() {
    assertThat(ask(LISTED, "never", Duration.ofMillis(100)).outcome())
        .isEqualTo(new Outcome.Unavailable(Reason.TIMEOUT, "no answer within 100 ms"));
  }

  @Test
  void nobodyThereIsUnreachable() {
    assertThat(ask("http://closed:9090", "up", LONG).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> assertThat(outcome.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void aProxyThatLetsNoPostThroughIsAskedByGet() {
    assertThat(ask(LISTED, "no-post", LONG).outcome()).isInstanceOf(Outcome.Vector.class);
    assertThat(asked).extracting(request -> request.split(" ")[0]).containsExactly("POST", "GET");
  }

  @Test
  void whatIsNotListedIsNotAsked() {
    assertThat(ask("http://elsewhere:9090", "vector-200.json", LONG).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(Reason.NOT_ALLOWED);
              assertThat(outcome.message()).contains("--allow-endpoint http://elsewhere:9090");
            });
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsNoQuestionIsRefusedWithTheReason() throws Exception {
    HttpResponse<String> wrong = post("{\"time\":\"2026-11-20T14:30:00Z\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("The body is no MetricQuery: ").contains("provider");
    assertThat(post("").statusCode()).isEqualTo(400);
    assertThat(post("null").statusCode()).isEqualTo(400);
    assertThat(post("{").statusCode()).isEqualTo(400);
  }

  @Test
  void figuresTellByEndpointWhatWasSpared() throws Exception {
    ask(LISTED, "infinite-200.json", LONG);
    ask(LISTED, "infinite-200.json", LONG);
    String figures = get("/q/metrics").body();
    for (String counter : List.of("asked", "sent", "coalesced")) {
      assertThat(figures)
          .containsPattern(
              "sluice_gateway_questions_%s_total\\{endpoint=\"http://prometheus.monitoring:9090\"\\} [1-9]"
                  .formatted(counter));
    }
    assertThat(figures).doesNotContain("infinite-200");
  }

  @Test
  void itIsReadyWithItsListRead() throws Exception {
    HttpResponse<String> ready = get("/q/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("http://prometheus.monitoring:9090");
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
  }

  private void assertUnavailable(String query, Reason reason, String message) {
    assertThat(ask(LISTED, query, LONG).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(reason);
              assertThat(outcome.message()).containsIgnoringCase(message);
            });
  }

  private MetricAnswer ask(String address, String query, Duration timeout) {
    return asking(address, query, timeout).join();
  }

  private CompletableFuture<MetricAnswer> asking(String address, String query, Duration timeout) {
    try {
      byte[] body =
          MessageCodec.mapper()
              .writeValueAsBytes(
                  new MetricQuery(new Provider.Prometheus(address, query, timeout), tick));
      return http.sendAsync(
              request("/v1/query").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .thenApply(QueryResourceIT::answer);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static MetricAnswer answer(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    try {
      return MessageCodec.mapper().readValue(response.body(), MetricAnswer.class);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send(
        request("/v1/query").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path)).header("Content-Type", "application/json");
  }
}

package dev.sluice.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.prometheus.PrometheusServer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.EndpointList;
import dev.sluice.metrics.Question;
import dev.sluice.metrics.Reply;
import dev.sluice.metrics.configuration.GatewayConfiguration;
import dev.sluice.metrics.egress.Egress;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real Prometheus that scrapes itself. */
class PrometheusClientIT {

  private static Vertx vertx;
  private static PrometheusServer server;
  private static PrometheusClient client;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = PrometheusServer.start(folder);
    Files.writeString(
        server.targets().resolve("self.json"),
        "[{\"targets\": [\"127.0.0.1:%d\"]}]".formatted(server.port()));
    vertx = Vertx.vertx();
    GatewayConfiguration configuration =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withConverter(Duration.class, 300, new DurationConverter())
            .withSources(
                new PropertiesConfigSource(
                    Map.of("sluice.allow-endpoint", server.url()), "test", 100))
            .withMapping(GatewayConfiguration.class)
            .build()
            .getConfigMapping(GatewayConfiguration.class);
    client = new PrometheusClient(new Egress(vertx, configuration), configuration);
    await().atMost(Duration.ofSeconds(60)).until(() -> samples("up").equals(List.of(1.0)));
  }

  @AfterAll
  static void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void numbersComeBackInEveryShape() {
    assertThat(ask("1+1").outcome()).isEqualTo(new Outcome.Scalar(2));
    assertThat(samples("0 * up / 0")).containsExactly(Double.NaN);
    assertThat(samples("up / 0")).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(samples("-up / 0")).containsExactly(Double.NEGATIVE_INFINITY);
    assertThat(samples("{__name__=~\"up|scrape_samples_scraped\"}")).hasSize(2);
    assertThat(samples("up[1m]")).isNotEmpty().containsOnly(1.0);
  }

  @Test
  void noSuchSeriesIsNoData() {
    assertThat(ask("no_such_series").outcome()).isEqualTo(new Outcome.NoData());
    assertThat(ask("up", Instant.parse("2020-01-01T00:00:00Z")).outcome())
        .as("the query's own time counts")
        .isEqualTo(new Outcome.NoData());
  }

  @Test
  void refusedQuestionsComeBackInPrometheusWords() {
    assertUnavailable("sum(", Reason.PROVIDER_ERROR, "bad_data: ");
    assertUnavailable(
        "{__name__=~\"up|scrape_samples_scraped\"} * on(job) {__name__=~\"up|scrape_samples_scraped\"}",
        Reason.PROVIDER_ERROR,
        "execution: ");
    assertUnavailable("\"text\"", Reason.UNREADABLE, "Prometheus metric type not supported");
  }

  @Test
  void aQuestionInAnyAlphabetArrivesAsItWasWritten() {
    assertThat(ask("up{job=\"ä+ &=%20\"} or vector(3)").outcome())
        .isEqualTo(new Outcome.Vector(List.of(3.0)));
  }

  @Test
  void aVeryLongQuestionIsAsked() {
    String many =
        IntStream.range(0, 3000)
            .mapToObj(i -> "no_such_%d".formatted(i))
            .collect(Collectors.joining(" or "));
    assertThat(ask(many + " or vector(7)").outcome()).isEqualTo(new Outcome.Vector(List.of(7.0)));
  }

  private static void assertUnavailable(String query, Reason reason, String message) {
    assertThat(ask(query).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(reason);
              assertThat(outcome.message()).startsWith(message);
            });
  }

  private static List<Double> samples(String query) {
    return ask(query).outcome() instanceof Outcome.Vector(var samples) ? samples : List.of();
  }

  private static Reply ask(String query) {
    return ask(query, Instant.now());
  }

  private static Reply ask(String query, Instant time) {
    var endpoint = EndpointList.of(List.of(server.url())).endpoints().getFirst();
    return client
        .ask(new Question(endpoint, endpoint.target(), query, time), Duration.ofSeconds(30))
        .toCompletableFuture()
        .join();
  }
}

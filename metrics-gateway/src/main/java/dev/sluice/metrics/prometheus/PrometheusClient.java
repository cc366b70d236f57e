package dev.sluice.metrics.prometheus;

import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.AddressRule;
import dev.sluice.metrics.MetricProvider;
import dev.sluice.metrics.Question;
import dev.sluice.metrics.Reply;
import dev.sluice.metrics.configuration.GatewayConfiguration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sends instant queries with an explicit time. No redirects are followed, the address that a name
 * stands for is checked and then used, and both size and time of an answer are bounded.
 */
@Singleton
class PrometheusClient implements MetricProvider {

  /** Prometheus ends a query at its timeout; its own words about that arrive within this. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpClient http;
  private final long largestAnswer;

  PrometheusClient(Vertx vertx, GatewayConfiguration configuration) {
    int endpoints = Math.max(1, configuration.allowEndpoint().map(List::size).orElse(0));
    this.vertx = vertx;
    this.largestAnswer = configuration.gateway().largestAnswer().asLongValue();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) CONNECT.toMillis()),
            // Admission bounds what is in flight; the pool must not be a second, hidden queue.
            new PoolOptions().setHttp1MaxSize(configuration.gateway().concurrency() * endpoints));
  }

  @PreDestroy
  void close() {
    http.close();
  }

  @Override
  public CompletionStage<Reply> ask(Question question, Duration timeout) {
    long start = System.nanoTime();
    return checkedAddress(question)
        .compose(address -> send(question, timeout, address))
        .map(raw -> {
          PrometheusAnswer answer = PrometheusAnswer.read(raw.status(), raw.body());
          long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
          return new Reply(answer.outcome(), millis, answer.warnings());
        })
        .recover(failure -> Future.succeededFuture(Failures.reply(failure, timeout)))
        .toCompletionStage();
  }

  private Future<InetAddress> checkedAddress(Question question) {
    return vertx.executeBlocking(
        () -> {
          InetAddress found = InetAddress.getByName(question.target().getHost());
          Optional<String> objection = AddressRule.objection(question.endpoint(), found);
          if (objection.isPresent()) {
            throw new Failures.Refused(
                Reason.NOT_ALLOWED, question.endpoint().name() + ": " + objection.get());
          }
          return found;
        },
        false);
  }

  private Future<Exchange.Raw> send(Question question, Duration timeout, InetAddress address) {
    String form = form(question, timeout);
    RequestOptions post =
        options(question.target(), address)
            .setMethod(HttpMethod.POST)
            .putHeader("Content-Type", "application/x-www-form-urlencoded");
    Exchange exchange = new Exchange(vertx, http, timeout.plus(GRACE), largestAnswer);
    return exchange
        .run(post, Buffer.buffer(form))
        .compose(raw -> refusesPost(raw) ? exchange.run(get(question, address, form)) : done(raw));
  }

  // A proxy in front of Prometheus may let no POST through; Prometheus' own client does the same.
  private static boolean refusesPost(Exchange.Raw raw) {
    return raw.status() == 405 || raw.status() == 501;
  }

  private static Future<Exchange.Raw> done(Exchange.Raw raw) {
    return Future.succeededFuture(raw);
  }

  private static RequestOptions get(Question question, InetAddress address, String form) {
    RequestOptions options = options(question.target(), address).setMethod(HttpMethod.GET);
    return options.setURI(options.getURI() + "?" + form);
  }

  private static RequestOptions options(URI target, InetAddress address) {
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(target.getPort(), address.getHostAddress()))
        .setHost(target.getHost())
        .setPort(target.getPort())
        .setSsl(target.getScheme().equals("https"))
        .setURI(target.getRawPath() + "/api/v1/query")
        .putHeader("Accept", "application/json");
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

package dev.sluice.metrics.egress;

import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.AddressRule;
import dev.sluice.metrics.Endpoint;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sends requests. No redirects are followed, the address that a name stands for is checked and then
 * used, and both size and time of an answer are bounded.
 */
@Singleton
public class Egress {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpClient http;

  /**
   * A request.
   *
   * @param endpoint the entry of the list that allows it
   * @param method of HTTP
   * @param target where to, in full
   * @param headers beside those of HTTP itself
   * @param body may be empty
   * @param limit from the request to the last byte of the answer
   * @param largest bytes of an answer
   */
  public record Request(
      Endpoint endpoint,
      String method,
      URI target,
      Map<String, String> headers,
      String body,
      Duration limit,
      long largest) {}

  /** An answer as it came. */
  public record Raw(int status, byte[] body) {}

  /** With room for all that may be in flight at once. */
  public Egress(Vertx vertx, GatewayConfiguration configuration) {
    int endpoints = Math.max(1, configuration.allowEndpoint().map(List::size).orElse(0));
    int atOnce = configuration.gateway().concurrency() + configuration.gateway().plugins();
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) CONNECT.toMillis()),
            // Admission bounds what is in flight; the pool must not be a second, hidden queue.
            new PoolOptions().setHttp1MaxSize(atOnce * endpoints));
  }

  @PreDestroy
  void close() {
    http.close();
  }

  /** Sends it; what goes wrong is told by {@link Failures#of}. */
  public CompletionStage<Raw> send(Request request) {
    return checkedAddress(request.endpoint(), request.target())
        .compose(address ->
            new Exchange(vertx, http, request.limit(), request.largest())
                .run(options(request, address), Buffer.buffer(request.body())))
        .toCompletionStage();
  }

  private Future<InetAddress> checkedAddress(Endpoint endpoint, URI target) {
    return vertx.executeBlocking(
        () -> {
          InetAddress found = InetAddress.getByName(target.getHost());
          Optional<String> objection = AddressRule.objection(endpoint, found);
          if (objection.isPresent()) {
            throw new Failures.Refused(
                Reason.NOT_ALLOWED, endpoint.name() + ": " + objection.get());
          }
          return found;
        },
        false);
  }

  private static RequestOptions options(Request request, InetAddress address) {
    URI target = request.target();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setServer(SocketAddress.inetSocketAddress(target.getPort(), address.getHostAddress()))
            .setHost(target.getHost())
            .setPort(target.getPort())
            .setSsl(target.getScheme().equals("https"))
            .setURI((target.getRawPath().isEmpty() ? "/" : target.getRawPath()) + query);
    request.headers().forEach(options::putHeader);
    return options;
  }
}

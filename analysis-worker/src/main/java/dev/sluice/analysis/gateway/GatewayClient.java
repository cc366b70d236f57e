package dev.sluice.analysis.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.analysis.Gateway;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.Provider;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks {@code POST /v1/query}. A gateway that is down, slow or ill is our own trouble: the question
 * is put off. One that understands the question and refuses it (4xx) has answered: an Error.
 */
public final class GatewayClient implements Gateway {

  /** What the gateway may take on top of the provider's own time. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final int CONNECTIONS = 64;
  private static final int WAITING = 1_000;

  private final WebClient client;
  private final String url;

  /**
   * Connects when it is asked.
   *
   * @param address of the gateway: scheme, host and port
   */
  public GatewayClient(Vertx vertx, URI address) {
    client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setConnectTimeout(3_000)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(WAITING)
                .setFollowRedirects(false));
    url = address.resolve("/v1/query").toString();
  }

  @Override
  public void ask(MetricQuery query, Consumer<MetricAnswer> answer) {
    try {
      client
          .postAbs(url)
          .timeout(timeout(query).plus(MARGIN).toMillis())
          .putHeader("Content-Type", "application/json")
          .sendBuffer(Buffer.buffer(MessageCodec.mapper().writeValueAsBytes(query)))
          .onComplete(result -> answer.accept(answer(query, result)));
    } catch (JsonProcessingException | RuntimeException e) {
      answer.accept(unavailable(query, Reason.OVERLOADED, "the question was not sent: " + e));
    }
  }

  private static MetricAnswer answer(MetricQuery query, AsyncResult<HttpResponse<Buffer>> result) {
    if (result.failed()) {
      return unavailable(
          query,
          Reason.OVERLOADED,
          "the metrics gateway is not reached: " + result.cause().getMessage());
    }
    HttpResponse<Buffer> response = result.result();
    int status = response.statusCode();
    if (status == 200) {
      return read(query, response);
    }
    boolean ourTrouble = status >= 500 || status == 408 || status == 429 || status < 400;
    return unavailable(
        query,
        ourTrouble ? Reason.OVERLOADED : Reason.UNREADABLE,
        "the metrics gateway answers %d: %s".formatted(status, response.bodyAsString()));
  }

  private static MetricAnswer read(MetricQuery query, HttpResponse<Buffer> response) {
    try {
      byte[] body = response.body() == null ? new byte[0] : response.body().getBytes();
      return MessageCodec.mapper().readValue(body, MetricAnswer.class);
    } catch (IOException e) {
      return unavailable(
          query, Reason.OVERLOADED, "the metrics gateway's answer is none: " + e.getMessage());
    }
  }

  private static MetricAnswer unavailable(MetricQuery query, Reason reason, String message) {
    return new MetricAnswer(
        text(query), query.time(), -1, new Outcome.Unavailable(reason, message), List.of());
  }

  private static String text(MetricQuery query) {
    return switch (query.provider()) {
      case Provider.Prometheus(_, String text, _) -> text;
    };
  }

  private static Duration timeout(MetricQuery query) {
    return switch (query.provider()) {
      case Provider.Prometheus(_, _, Duration timeout) -> timeout;
    };
  }
}

package dev.sluice.analysis.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Plays the metrics gateway's contract over real HTTP: {@code POST /v1/query} takes a {@link
 * MetricQuery}, every outcome is a 200. Its answers are the test's, and it can fail as a gateway
 * may.
 */
public final class PlayedGateway implements AutoCloseable {

  private final List<MetricQuery> questions = new CopyOnWriteArrayList<>();
  private final Function<MetricQuery, Outcome> answers;
  private final int port;
  private HttpServer server;
  private final AtomicInteger answeredYet = new AtomicInteger(Integer.MAX_VALUE);
  private volatile int failure;

  /** Starts on a port of its own. */
  public PlayedGateway(Function<MetricQuery, Outcome> answers) {
    this.answers = answers;
    start(0);
    port = server.getAddress().getPort();
  }

  /** What it was asked, also what it refused. */
  public List<MetricQuery> questions() {
    return List.copyOf(questions);
  }

  /** For {@code sluice.gateway.url}; stays the same. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Answers with this status from now on; 200 ends it. */
  public void fail(int status) {
    failAfter(0, status);
  }

  /** Answers so many more questions, and the others with this status. */
  public void failAfter(int questions, int status) {
    failure = status;
    answeredYet.set(status == 200 ? Integer.MAX_VALUE : questions);
  }

  /** Nobody listens any more. */
  public void stop() {
    server.stop(0);
  }

  /** Listens again. */
  public void restart() {
    start(port);
  }

  @Override
  public void close() {
    stop();
  }

  private void start(int wanted) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/v1/query", this::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      MetricQuery query =
          MessageCodec.mapper()
              .readValue(exchange.getRequestBody().readAllBytes(), MetricQuery.class);
      questions.add(query);
      boolean fails = answeredYet.getAndDecrement() <= 0;
      byte[] body = fails ? "no answer today".getBytes(StandardCharsets.UTF_8) : body(query);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(fails ? failure : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] body(MetricQuery query) throws IOException {
    return MessageCodec.mapper()
        .writeValueAsBytes(
            new MetricAnswer("asked", query.time(), 5, answers.apply(query), List.of()));
  }
}

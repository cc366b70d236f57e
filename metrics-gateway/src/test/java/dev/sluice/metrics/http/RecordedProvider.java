package dev.sluice.metrics.http;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Prometheus that answers what was recorded of a real one: the query is the name of the recorded
 * file. Keeps what it was asked.
 */
public class RecordedProvider implements QuarkusTestResourceLifecycleManager {

  private static final Path FOLDER = Path.of("src/test/resources/prometheus");

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Override
  public Map<String, String> start() {
    String quick = "http://127.0.0.1:" + listen();
    String slow = "http://127.0.0.1:" + listen();
    return Map.of(
        "sluice.allow-endpoint",
        "http://prometheus.monitoring:9090=%s,http://slow:9090=%s,http://closed:9090=http://127.0.0.1:1"
            .formatted(quick, slow),
        "sluice.gateway.concurrency",
        "2",
        "sluice.gateway.waiting",
        "3",
        "sluice.gateway.longest-wait",
        "300ms",
        "sluice.gateway.largest-answer",
        "10K");
  }

  @Override
  public void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(asked, new TestInjector.MatchesType(List.class));
  }

  private int listen() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private void answer(HttpServerRequest request) {
    request
        .setExpectMultipart(request.method() == HttpMethod.POST)
        .endHandler(_ -> {
          boolean post = request.method() == HttpMethod.POST;
          var form = post ? request.formAttributes() : request.params();
          String query = form.get("query");
          asked.add(
              "%s %s query=%s time=%s timeout=%s"
                  .formatted(
                      request.method(),
                      request.path(),
                      query,
                      form.get("time"),
                      form.get("timeout")));
          answer(request, query == null ? "" : query, post);
        });
  }

  private void answer(HttpServerRequest request, String query, boolean post) {
    var response = request.response();
    if (query.startsWith("never")) {
      return;
    }
    switch (query) {
      case "moved" ->
          response.setStatusCode(302).putHeader("Location", "/api/v1/query?query=followed").end();
      case "large" -> response.end("x".repeat(20_000));
      case "half" ->
          response
              .setChunked(true)
              .write("{\"status\":")
              .onComplete(_ -> request.connection().close());
      case "no-post" -> {
        if (post) {
          response.setStatusCode(405).end();
        } else {
          response.end(recorded("vector-200.json"));
        }
      }
      default ->
          response
              .setStatusCode(Integer.parseInt(query.replaceAll("\\D*-(\\d{3})\\..*", "$1")))
              .end(recorded(query.replaceFirst(" .*", "")));
    }
  }

  private static Buffer recorded(String file) {
    try {
      return Buffer.buffer(Files.readAllBytes(FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

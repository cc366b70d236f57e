package dev.sluice.metrics.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A step plugin as anybody would write one; its path says how it behaves. */
final class PlayedPlugin implements AutoCloseable {

  /** What it was sent: idempotency key and body. */
  record Seen(String path, String key, String body) {}

  private final HttpServer server;
  final List<Seen> seen = new CopyOnWriteArrayList<>();

  PlayedPlugin() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(new Seen(path, exchange.getRequestHeaders().getFirst("Idempotency-Key"), body));
    switch (path) {
      case "/moved" -> {
        exchange.getResponseHeaders().add("Location", url() + "/good");
        exchange.sendResponseHeaders(302, -1);
      }
      case "/huge" ->
          send(exchange, "{\"phase\": \"Successful\", \"x\": \"" + "x".repeat(100_000) + "\"}");
      case "/never" -> sleep();
      default ->
          send(
              exchange,
              "{\"phase\": \"Running\", \"message\": \"half\", \"requeueAfterSeconds\": 20,"
                  + " \"status\": {\"job\": 17}}");
    }
    exchange.close();
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
